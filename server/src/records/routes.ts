// The answers that every kind of record gives in the same way.
import type { RecordRow } from '../db/records.ts';
import { etag, type Refusal, refuse, type Visitor } from '../http.ts';
import type { World } from '../world.ts';
import { survivorOf } from './merging.ts';
import * as records from './records.ts';

/** A fault in one field of the request. */
export const wrong = (path: string, message: string): Refusal =>
  refuse('invalid', { members: { faults: [{ path, message }] } });

const mergedState = { en: 'merged into another record', 'zh-CN': '已合并到其他记录' };

/** What was merged away comes back by undoing that alone. */
export const mergedAway = ({ visitor }: { visitor: Visitor }): Refusal =>
  refuse('wrong-state', { words: { state: mergedState[visitor.language] } });

/** Faults that all lists know. */
export const listRefusals = {
  'bad-cursor': () => wrong('query.after', 'is no cursor of this list'),
  'bad-custom': () => wrong('query.custom', 'names a field or a value that there is not'),
  'bad-sort': () =>
    wrong('query.sort', 'goes with the other side of the bin: deletedAt with deleted=true only'),
};

type Asked = records.By & { world: World; params: { id: string } };

/** The answers about one kind of record, from how its rows travel. */
export function answersOf<Row extends RecordRow, View extends object>(
  kind: records.Kind<Row>,
  view: (row: Row) => View,
) {
  const seen = (row: Row, by: records.By) => records.shown(kind, view(row), by);
  const tagged = (row: Row, by: records.By) => ({
    body: seen(row, by),
    headers: { etag: etag(row.version) },
  });
  const conflict = (current: Row, yours: unknown, by: records.By) =>
    refuse(
      'changed-meanwhile',
      { members: { current: seen(current, by), yours } },
      { headers: { etag: etag(current.version) } },
    );
  return {
    tagged,
    conflict,
    /** 200 with a page, or what is wrong with the question. */
    listed: (outcome: records.PageOutcome<Row>, by: records.By) =>
      outcome.kind === 'page'
        ? {
            status: 200 as const,
            body: { items: outcome.items.map(row => seen(row, by)), next: outcome.next },
          }
        : listRefusals[outcome.kind](),
    /** 201 with where the new record is found. */
    created: (path: string, row: Row, by: records.By) => ({
      status: 201 as const,
      body: seen(row, by),
      headers: { etag: etag(row.version), location: `/api/v1${path}/${row.id}` },
    }),
    one: async ({ world, params, ...by }: Asked) => {
      const row = await records.find(world, kind, params.id, by);
      return row ? { status: 200 as const, ...tagged(row, by) } : refuse('not-found');
    },
    /** As `one`; of a record that was merged into another, where that is found. */
    oneOrMerged: async (call: Asked) => {
      const { world, params, ...by } = call;
      const row = await records.find(world, kind, params.id, by);
      if (row) return { status: 200 as const, ...tagged(row, by) };
      const mergedInto = await survivorOf(world, kind, params.id, by);
      return refuse('not-found', mergedInto ? { members: { mergedInto } } : {});
    },
    /** 204 for what went into the bin. */
    binned: (outcome: records.BinOutcome<Row>, by: records.By) => {
      if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, null, by);
      return outcome.kind === 'done' ? { status: 204 as const } : refuse('not-found');
    },
    /** 200 with what came out of the bin. */
    back: (outcome: records.BinOutcome<Row>, by: records.By) => {
      if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, null, by);
      return outcome.kind === 'done'
        ? { status: 200 as const, ...tagged(outcome.record, by) }
        : refuse('not-found');
    },
    history: async ({
      world,
      params,
      query,
      ...by
    }: Asked & { query: { limit: number; after?: string | undefined } }) => {
      const found = await records.history(world, kind, { id: params.id, ...query }, by);
      return found ? { status: 200 as const, body: found } : refuse('not-found');
    },
  };
}

/** Faults among the workspace's own fields. */
export const wrongCustom = (outcome: { faults: { path: string; message: string }[] }): Refusal =>
  refuse('invalid', { members: { faults: outcome.faults } });
