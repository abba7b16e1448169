// How far a quote or an order has come: moves by hand, and quotes whose time is over.
import * as audit from '../audit/audit.ts';
import type { OrderStatus } from '../db/orders-tables.ts';
import { updateRecord } from '../db/records.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, moment, type World } from '../world.ts';
import { type Order, orders } from './orders.ts';
import { type Objection, objectionTo } from './rules.ts';
import * as store from './store.ts';

export type MoveOutcome =
  | { kind: 'changed'; order: Order }
  | { kind: 'changed-meanwhile'; current: Order }
  | { kind: 'not-found' }
  | { kind: 'against'; why: Objection };

/** Moves it to another state; nothing happens where it stands there already. */
export async function move(
  world: World,
  input: { id: string; status: OrderStatus; version: number | null },
  by: By,
): Promise<MoveOutcome> {
  return atomically(world, async tx => {
    const held = await records.hold(tx, orders, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    if (row.status === input.status) return { kind: 'changed', order: row };
    const why = objectionTo(row, input.status);
    if (why) return { kind: 'against', why };
    await moveTo(tx, row, input.status, by);
    return { kind: 'changed', order: await records.reread(tx, orders, row.id) };
  });
}

/** Writes the move of a locked record that nothing speaks against. */
export async function moveTo(tx: World, row: Order, status: OrderStatus, by: By): Promise<void> {
  const at = moment(tx);
  const entry = records.entryOf(tx, orders, 'status', row.id, by, {
    before: { status: row.status },
    after: { status },
    details: { name: row.number, kind: row.kind },
  });
  const columns = { status, status_since: at };
  await updateRecord(tx, store.shape, { id: row.id, columns, entry }, { at, by: by.me.id });
}

const page = 200;

/** Lets quotes expire whose last day is over where the company is. */
export async function expire(world: World): Promise<void> {
  const day = await workspaces.today(world);
  for (let count = page; count === page; )
    count = await atomically(world, async tx => {
      const expired = await store.expireQuotes(tx, day, moment(tx), page);
      await audit.recordAll(
        tx,
        expired.map(({ id, number }) => ({
          action: 'order.status',
          object: { type: 'order', id },
          before: { status: 'sent' },
          after: { status: 'expired' },
          details: { name: number, kind: 'quote' },
        })),
      );
      return expired.length;
    });
}
