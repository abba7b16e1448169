// Small questions that are asked in the same breath go to the database as one statement.
import { type RawBuilder, sql } from 'kysely';
import type { World } from '../world.ts';
import { kept } from './kept-plans.ts';

/** Asks a question whose answer is one row; the same columns for all that are asked together. */
export type Ask = <Row extends object>(question: RawBuilder<Row>) => Promise<Row | undefined>;

/** Asks each question by itself. */
export function askedAlone(world: World): Ask {
  return async question => (await sql`${kept}${question}`.execute(world.db)).rows[0] as never;
}

type Waiting = {
  question: RawBuilder<object>;
  answer: (row: never) => void;
  fail: (error: unknown) => void;
};

/**
 * Asks what comes until the event loop turns as two statements that run side by side, half of the questions in each: one
 * by one they cost more on their way than in the database.
 */
export function askedTogether(world: World): Ask {
  let waiting: Waiting[] = [];

  function send(): void {
    const all = waiting;
    waiting = [];
    const half = Math.ceil(all.length / 2);
    void ask(all.slice(0, half));
    void ask(all.slice(half));
  }

  async function ask(all: Waiting[]): Promise<void> {
    if (all.length === 0) return;
    try {
      const parts = all.map(
        ({ question }, at) => sql`select ${sql.raw(String(at))} as part, asked.* from (${question}) asked`,
      );
      const { rows } = await sql<{ part: number }>`${kept}${sql.join(parts, sql` union all `)}`.execute(
        world.db,
      );
      const answers = new Map(rows.map(({ part, ...row }) => [part, row]));
      for (const [at, { answer }] of all.entries()) answer(answers.get(at) as never);
    } catch (error) {
      for (const { fail } of all) fail(error);
    }
  }

  return question =>
    new Promise((answer, fail) => {
      waiting.push({ question, answer, fail });
      if (waiting.length === 1) setImmediate(send);
    });
}
