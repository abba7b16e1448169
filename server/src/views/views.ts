// Views: filters, order and columns of a list under a name, for oneself, one’s team or everybody. They carry no rights.
import type { z } from 'zod';
import * as audit from '../audit/audit.ts';
import { hiddenAsked } from '../field-rules.ts';
import type { Me, Visitor } from '../http.ts';
import { hiddenFields, may } from '../permissions.ts';
import { atomically, moment, type World } from '../world.ts';
import type { ViewObject, viewsContract } from './contract.ts';
import * as store from './store.ts';

export type View = store.ViewRow;
type Name = z.output<typeof ViewObject>;
type New = z.output<(typeof viewsContract)['POST /views']['body']>;
type Patch = z.output<(typeof viewsContract)['PATCH /views/{id}']['body']>;
type Hand = { me: Me; visitor: Visitor };

const most = 200;

/** Whether a view asks nothing that this person may not ask (L43). */
function isAskable(me: Me, row: View): boolean {
  const object = row.object as Name;
  if (may(me, 'read', object) === 'none') return false;
  const filters = row.filters as Record<string, string>;
  const asked = { ...filters, ...(row.sort ? { sort: row.sort } : {}) };
  const own = hiddenFields(me, object).filter(field => field.startsWith('custom.'));
  return (
    hiddenAsked(me, object, asked).length === 0 &&
    !own.some(field => filters.custom?.includes(`"${field.slice('custom.'.length)}"`))
  );
}

const isVisible = (me: Me, row: View) =>
  row.owner_id === me.id ||
  row.audience === 'all' ||
  (row.audience === 'team' && row.team_id !== null && row.team_id === me.teamId);

/** One’s own; a shared one also as administrator. */
export const mayChange = (me: Me, row: View) =>
  row.owner_id === me.id || (me.role === 'administrator' && row.audience !== 'own');

/** The views this person may use, by name. */
export async function list(world: World, me: Me, object: Name | undefined): Promise<View[]> {
  const rows = await store.list(world, me, object);
  return rows.filter(row => isAskable(me, row));
}

type Shared = { audience: View['audience']; team_id: string | null } | { kind: 'not-allowed' | 'no-team' };

/** With whom a view is shared: with one’s own team by anybody in it, with all by administrators and managers. */
function sharedWith(me: Me, audience: View['audience'], before?: View): Shared {
  if (audience === before?.audience) return { audience, team_id: before.team_id };
  if (audience === 'all' && me.role !== 'administrator' && me.role !== 'manager')
    return { kind: 'not-allowed' };
  if (audience === 'team' && !me.teamId) return { kind: 'no-team' };
  return { audience, team_id: audience === 'team' ? me.teamId : null };
}

export type Outcome =
  | { kind: 'kept'; view: View }
  | { kind: 'not-found' | 'not-allowed' | 'no-team' | 'too-many' };

/** Keeps a view; at most two hundred a person. */
export async function add(world: World, input: New, { me, visitor }: Hand): Promise<Outcome> {
  if (may(me, 'read', input.object) === 'none') return { kind: 'not-allowed' };
  const shared = sharedWith(me, input.audience);
  if ('kind' in shared) return shared;
  return atomically(world, async tx => {
    if ((await store.countOf(tx, me.id)) >= most) return { kind: 'too-many' };
    const at = moment(tx);
    const view = await store.insert(tx, {
      id: tx.random.id(),
      object: input.object,
      name: input.name,
      owner_id: me.id,
      ...shared,
      filters: JSON.stringify(input.filters),
      sort: input.sort ?? null,
      columns: input.columns ?? null,
      created_at: at,
      updated_at: at,
    });
    await audit.record(tx, entryOf(view, 'view.add', { me, visitor }));
    return { kind: 'kept', view };
  });
}

/** Changes a view. */
export async function change(world: World, id: string, patch: Patch, hand: Hand): Promise<Outcome> {
  const { me } = hand;
  return atomically(world, async tx => {
    const row = await store.hold(tx, id);
    if (!row || !isVisible(me, row)) return { kind: 'not-found' };
    if (!mayChange(me, row)) return { kind: 'not-allowed' };
    const shared = sharedWith(me, patch.audience ?? row.audience, row);
    if ('kind' in shared) return shared;
    const view = await store.update(tx, id, {
      ...shared,
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.filters === undefined ? {} : { filters: JSON.stringify(patch.filters) }),
      ...(patch.sort === undefined ? {} : { sort: patch.sort }),
      ...(patch.columns === undefined ? {} : { columns: patch.columns }),
      updated_at: moment(tx),
    });
    await audit.record(tx, entryOf(view, 'view.change', hand));
    return { kind: 'kept', view };
  });
}

/** Drops a view. */
export async function remove(
  world: World,
  id: string,
  hand: Hand,
): Promise<{ kind: 'gone' | 'not-found' | 'not-allowed' }> {
  return atomically(world, async tx => {
    const row = await store.hold(tx, id);
    if (!row || !isVisible(hand.me, row)) return { kind: 'not-found' };
    if (!mayChange(hand.me, row)) return { kind: 'not-allowed' };
    await store.remove(tx, id);
    await audit.record(tx, entryOf(row, 'view.remove', hand));
    return { kind: 'gone' };
  });
}

const entryOf = (row: View, action: string, { me, visitor }: Hand): audit.Entry => ({
  action,
  by: me,
  visitor,
  object: { type: 'view', id: row.id },
  details: { name: row.name, object: row.object, audience: row.audience },
});
