// Small questions that are asked in the same breath go to the database as one statement.
import { type RawBuilder, sql } from 'kysely';
import type { World } from '../world.ts';
import { kept } from './kept-plans.ts';

/** The one row that answers a question. */
export type Answer = {
  /** `crowd`: there is too much to be looked up; `plenty`: what was thought to be rare is not. */
  told: 'crowd' | 'plenty' | null;
  /** More of what records belong to has the keys than is looked up. */
  throng: boolean;
  ids: string[] | null;
  /** What was read of it; times as JSON has them. */
  rows: unknown[] | null;
};
export type Ask = (question: RawBuilder<Answer>) => Promise<Answer | undefined>;

/** The rows of a statement as one value. */
export const asRows = (statement: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select json_agg(g) from (${statement}) g)`;

/** A question for the rows of a statement alone. */
export const forRows = (statement: RawBuilder<unknown>): RawBuilder<Answer> =>
  sql`select null::text as told, false as throng, null::uuid[] as ids, ${asRows(statement)} as rows`;

/** Asks each question by itself. */
export function askedAlone(world: World): Ask {
  return async question => (await sql<Answer>`${kept}${question}`.execute(world.db)).rows[0];
}

type Waiting = {
  question: RawBuilder<Answer>;
  answer: (row: Answer | undefined) => void;
  fail: (error: unknown) => void;
};

/** Asks what comes until the event loop turns as one statement: one by one they cost more on their way than in the database. */
export function askedTogether(world: World): Ask {
  let waiting: Waiting[] = [];

  async function send(): Promise<void> {
    const all = waiting;
    waiting = [];
    try {
      const parts = all.map(
        ({ question }, at) => sql`select ${sql.raw(String(at))} as part, asked.* from (${question}) asked`,
      );
      const { rows } = await sql<
        Answer & { part: number }
      >`${kept}${sql.join(parts, sql` union all `)}`.execute(world.db);
      const answers = new Map(rows.map(({ part, ...row }) => [part, row]));
      for (const [at, { answer }] of all.entries()) answer(answers.get(at));
    } catch (error) {
      for (const { fail } of all) fail(error);
    }
  }

  return question =>
    new Promise((answer, fail) => {
      waiting.push({ question, answer, fail });
      if (waiting.length === 1) setImmediate(() => void send());
    });
}
