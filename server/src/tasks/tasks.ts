// Tasks: what somebody is to do; done once, and made again where they repeat.
import * as contacts from '../contacts/contacts.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import * as customers from '../customers/customers.ts';
import { insertRecord, updateRecord } from '../db/records.ts';
import * as deals from '../deals/deals.ts';
import * as leads from '../leads/leads.ts';
import * as notices from '../notices/notices.ts';
import * as orders from '../orders/orders.ts';
import { may } from '../permissions.ts';
import type { By, Kind, PageOutcome } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, moment, type World } from '../world.ts';
import { altersKeys, asks, keysOf } from './finding.ts';
import { movedTo, nextDue } from './moments.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export { keysOf, rekey } from './finding.ts';
export { ofStage } from './stages.ts';
export { cameDue, takeReminders } from './store.ts';
export type Task = store.TaskRow;

/** Tasks, as the kind of record that they are. */
export const tasks: Kind<Task> = {
  object: 'task',
  shape: store.shape,
  nameOf: row => row.title,
  sort: 'due',
};

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: { filters: rules.TaskFilters } & records.Paging,
  by: By,
): Promise<PageOutcome<Task>> {
  const { filters: given, ...page } = input;
  const filters = await customFields.meant(world, 'task', given);
  const { keyed, ...sought } = asks(world, filters);
  const conditions = [...store.filtered(rules.conditionsOf(filters, by.me.id)), ...sought.conditions];
  const asked = { ...page, conditions, keyed, custom: filters.custom };
  const particular = filters.dueFrom !== undefined;
  return records.page(world, tasks, { ...asked, deleted: filters.deleted === 'true', particular }, by);
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Task | undefined> {
  return records.find(world, tasks, id, by);
}

export type Wrong =
  | { kind: 'no-such-record' | 'not-allowed' | 'no-such-owner' | rules.Fault }
  | customFields.WrongCustom;
type Linked = { columns: Partial<store.TaskFields>; links: rules.Links };
type Found = { name: string; customerId: string | null } | undefined;

const finders: Record<store.AboutType, (world: World, id: string, by: By) => Promise<Found>> = {
  customer: async (world, id, by) => {
    const row = await customers.byId(world, id, by);
    return row && { name: row.name, customerId: row.id };
  },
  contact: async (world, id, by) => {
    const row = await contacts.byId(world, id, by);
    return row && { name: row.name, customerId: row.customer_id };
  },
  deal: async (world, id, by) => {
    const row = await deals.byId(world, id, by);
    return row && { name: row.title, customerId: row.customer_id };
  },
  lead: async (world, id, by) => {
    const row = await leads.byId(world, id, by);
    return row && { name: row.name, customerId: row.customer_id };
  },
  order: async (world, id, by) => {
    const row = await orders.byId(world, id, by);
    return row && { name: row.number, customerId: row.customer_id };
  },
};

/** The record and owner that an input names, as far as it names any; of a new task (`row` is null) the owner anyway. */
async function linksIn(
  world: World,
  input: rules.TaskPatch,
  row: Task | null,
  by: By,
): Promise<({ kind: 'linked' } & Linked) | Wrong> {
  const linked: Linked = { columns: {}, links: {} };
  const { about } = input;
  if (about && about.id !== row?.about_id) {
    const reading = { ...by, reach: may(by.me, 'read', about.type), action: 'read' as const };
    const found = await finders[about.type](world, about.id, reading);
    if (!found) return { kind: 'no-such-record' };
    linked.columns = { about_type: about.type, about_id: about.id, customer_id: found.customerId };
    linked.links.about = { ...about, name: found.name };
  } else if (about === null) {
    linked.columns = { about_type: null, about_id: null, customer_id: null };
    linked.links.about = null;
  }
  if (row && input.ownerId === undefined) return { kind: 'linked', ...linked };
  const settled = await customers.settleOwner(world, input.ownerId, by);
  if (settled.kind !== 'owner') return settled;
  const { id, name, teamId } = settled.owner;
  Object.assign(linked.columns, { owner_id: id, team_id: teamId });
  linked.links.owner = id === null ? null : { id, name };
  return { kind: 'linked', ...linked };
}

const written = (fields: store.TaskFields) => ({
  ...fields,
  repeat: fields.repeat && JSON.stringify(fields.repeat),
});

/** Adds a task; it is one's own unless it is given to somebody within reach. */
export async function add(
  world: World,
  input: rules.NewTask,
  by: By,
): Promise<{ kind: 'added'; task: Task } | Wrong> {
  return atomically(world, async tx => {
    const linked = await linksIn(tx, input, null, by);
    if (linked.kind !== 'linked') return linked;
    const own = await customFields.settle(tx, 'task', input.custom, null, by.me);
    if (own.kind !== 'settled') return own;
    const fields = {
      ...rules.newFields(input),
      ...customFields.customColumns(own.custom),
      ...linked.columns,
    };
    const fault = rules.faultIn(input, fields);
    if (fault) return { kind: fault };
    const id = await insert(
      tx,
      { ...fields, repeat: rules.settledRepeat(fields, await workspaces.timeZone(tx)) },
      linked.links,
      by,
    );
    return { kind: 'added', task: await records.reread(tx, tasks, id) };
  });
}

async function insert(
  tx: World,
  fields: store.TaskFields,
  links: rules.Links,
  by: By,
  more: { id?: string; previous_id?: string; source?: string } = {},
): Promise<string> {
  const id = more.id ?? tx.random.id();
  const details = more.source ? { source: more.source } : null;
  const after = { ...rules.told(fields, links), ...customFields.toldOf(fields.custom) };
  const entry = records.entryOf(tx, tasks, 'add', id, by, { after, details });
  const { remind_at } = rules.reminding(fields, await workspaces.timeZone(tx));
  const row = { ...written(fields), ...more, id, remind_at };
  const keys = keysOf(tx.workspaceId, fields);
  await insertRecord(tx, store.shape, row, { at: moment(tx), by: by.me.id }, entry, keys);
  await tellGiven(tx, fields, by);
  return id;
}

/** Who is given a task by somebody else hears of it. */
async function tellGiven(
  tx: World,
  task: Pick<store.TaskFields, 'title' | 'owner_id' | 'about_type' | 'about_id'>,
  by: By,
): Promise<void> {
  const { title, owner_id: owner, about_type: type, about_id: id } = task;
  if (!owner || owner === by.me.id) return;
  const hand = { id: by.me.id, name: by.me.name };
  const notice = { to: [owner], kind: 'task-given', by: hand, params: { title } } as const;
  const told = type && id ? await notices.tell(tx, { ...notice, object: { type, id } }) : [];
  if (told.length === 0) await notices.tell(tx, { ...notice, object: null, page: '/tasks' });
}

/** Something to do that no person has typed; its id says which, so that it is made once. */
export type Made = {
  id: string;
  title: string;
  dueOn: string;
  about: { type: store.AboutType; id: string; name: string; customerId: string | null };
  owner: { id: string; name: string; teamId: string | null };
  source: string;
};

/** Adds a task on behalf of a rule; nothing where it has been made before, also if it lies in the bin since. */
export async function addOf(tx: World, made: Made, by: By): Promise<void> {
  const { id, about, owner, source } = made;
  if (await records.find(tx, tasks, id, { ...by, reach: 'all' }, { deleted: 'either' })) return;
  const fields: store.TaskFields = {
    ...rules.newFields({ title: made.title, dueOn: made.dueOn }),
    about_type: about.type,
    about_id: about.id,
    customer_id: about.customerId,
    owner_id: owner.id,
    team_id: owner.teamId,
  };
  await insert(tx, fields, { about, owner: { id: owner.id, name: owner.name } }, by, { id, source });
}

export type ChangeOutcome =
  | { kind: 'changed'; task: Task }
  | { kind: 'changed-meanwhile'; current: Task }
  | { kind: 'not-found' }
  | Wrong;

/** Changes a task; where a version is named, only that one. Nothing is written when nothing differs. */
export async function change(
  world: World,
  input: { id: string; patch: rules.TaskPatch; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  return atomically(world, async tx => {
    const held = await records.hold(tx, tasks, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    const linked = await linksIn(tx, input.patch, row, by);
    if (linked.kind !== 'linked') return linked;
    const wanted: Partial<store.TaskFields> = { ...rules.columnsIn(input.patch), ...linked.columns };
    const becomes: store.TaskFields = { ...row, ...wanted };
    const fault = rules.faultIn(input.patch, becomes);
    if (fault) return { kind: fault };
    if (becomes.repeat) wanted.repeat = rules.settledRepeat(becomes, await workspaces.timeZone(tx));
    const own = await customFields.settle(tx, 'task', input.patch.custom, row, by.me);
    if (own.kind !== 'settled') return own;
    await write(tx, row, wanted, linked.links, by, own);
    return { kind: 'changed', task: await records.reread(tx, tasks, row.id) };
  });
}

async function write(
  tx: World,
  row: Task,
  wanted: Partial<store.TaskFields>,
  links: rules.Links,
  by: By,
  own = customFields.untouched(),
): Promise<void> {
  const differing = customFields.withCustom(rules.difference(row, wanted, links), own);
  if (!differing) return;
  const { before, after } = differing;
  const columns: Record<string, unknown> = { ...differing.columns };
  if ('repeat' in columns) columns.repeat = columns.repeat && JSON.stringify(columns.repeat);
  if ('due_on' in columns || 'due_at' in columns || 'remind_minutes' in columns)
    Object.assign(columns, rules.reminding({ ...row, ...differing.columns }, await workspaces.timeZone(tx)));
  const entry = records.entryOf(tx, tasks, 'change', row.id, by, {
    before,
    after,
    details: { name: row.title },
  });
  const keys = altersKeys(columns) ? keysOf(tx.workspaceId, { ...row, ...differing.columns }) : null;
  await updateRecord(tx, store.shape, { id: row.id, columns, keys, entry }, { at: moment(tx), by: by.me.id });
  if ('owner_id' in columns) await tellGiven(tx, { ...row, ...wanted }, by);
}

/** Puts a task into the bin, or takes it out. */
export async function bin(world: World, input: records.Versioned & { deleted: boolean }, by: By) {
  return records.bin(world, tasks, input, by);
}

export type DoneOutcome =
  | { kind: 'done'; task: Task; next: Task | null }
  | { kind: 'changed-meanwhile'; current: Task }
  | { kind: 'not-found' };

/** Marks a task as done, by whoever comes first; the next one of a series is made with it, exactly once. */
export async function done(world: World, input: records.Versioned, by: By): Promise<DoneOutcome> {
  return atomically(world, async tx => {
    const held = await records.hold(tx, tasks, input, by);
    if (held.kind !== 'held') return held;
    const next =
      held.row.done_at === null ? await settle(tx, held.row, by) : await store.nextOf(tx, input.id);
    return {
      kind: 'done',
      task: await records.reread(tx, tasks, input.id),
      next: next ? await records.reread(tx, tasks, next) : null,
    };
  });
}

async function settle(tx: World, row: Task, by: By): Promise<string | null> {
  const at = moment(tx);
  const entry = records.entryOf(tx, tasks, 'done', row.id, by, {
    before: { status: 'open' },
    after: { status: 'done' },
    details: { name: row.title },
  });
  const columns = { done_at: at, done_by: by.me.id };
  await updateRecord(tx, store.shape, { id: row.id, columns, entry }, { at, by: by.me.id });
  if (!row.repeat) return null;
  // One that was opened again has its next one already.
  const made = await store.nextOf(tx, row.id);
  if (made) return made;
  const { about_type: type, about_id: id } = row;
  const links: rules.Links = {
    ...(type && id ? { about: { type, id, name: row.about_name ?? '' } } : {}),
    ...(row.owner_id ? { owner: { id: row.owner_id, name: row.owner_name ?? '' } } : {}),
  };
  const home = await workspaces.timeZone(tx);
  const fields = { ...rules.fieldsOf(row), ...nextDue(row, row.repeat, tx.now(), home) };
  return insert(tx, fields, links, by, { previous_id: row.id });
}

/** Opens a task that was done; what a series has made since stays. */
export async function reopen(world: World, input: records.Versioned, by: By): Promise<ChangeOutcome> {
  return atomically(world, async tx => {
    const held = await records.hold(tx, tasks, input, by);
    if (held.kind !== 'held') return held;
    if (held.row.done_at === null) return { kind: 'changed', task: held.row };
    const entry = records.entryOf(tx, tasks, 'reopen', input.id, by, {
      before: { status: 'done' },
      after: { status: 'open' },
      details: { name: held.row.title },
    });
    const columns = { done_at: null, done_by: null };
    await updateRecord(tx, store.shape, { id: input.id, columns, entry }, { at: moment(tx), by: by.me.id });
    return { kind: 'changed', task: await records.reread(tx, tasks, input.id) };
  });
}

/** Marks many as done or puts them off, in one transaction; tells which were not there, out of reach or done. */
export async function changeMany(
  world: World,
  input: { ids: string[]; done?: true | undefined; dueOn?: string | undefined },
  by: By,
): Promise<{ changed: number; missing: string[] }> {
  return atomically(world, async tx => {
    const ids = [...new Set(input.ids)];
    const home = await workspaces.timeZone(tx);
    const open = await store.lockOpen(tx, records.fenceFor(tasks, by), ids);
    for (const id of open) {
      const row = await records.reread(tx, tasks, id);
      if (input.dueOn) await write(tx, row, movedTo(row, input.dueOn, home), {}, by);
      if (input.done) await settle(tx, row, by);
    }
    const there = new Set(open);
    return { changed: open.length, missing: ids.filter(id => !there.has(id)) };
  });
}
