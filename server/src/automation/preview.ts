// What a rule would have done: the journal read backwards, each record as it was then; nothing is written.
import * as audit from '../audit/audit.ts';
import * as customers from '../customers/customers.ts';
import type { RecordRow } from '../db/records.ts';
import { findRecord } from '../db/records.ts';
import * as deals from '../deals/deals.ts';
import * as leads from '../leads/leads.ts';
import { hiddenFields, may } from '../permissions.ts';
import type { Kind } from '../records/records.ts';
import { type By, fenceFor } from '../records/records.ts';
import type { World } from '../world.ts';
import { managersOf } from './acting.ts';
import { dueFor, type JournalEntry, waysOf } from './firing.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

const day = 86_400_000;
const piece = 500;
const lookedAt = 20_000;
const shownAtMost = 100;

export type Would = {
  at: string;
  record: { type: rules.Subject; id: string; name: string | null };
  would: store.Told[];
};
export type Preview = { count: number; complete: boolean; items: Would[] };
type Found = { at: string; id: string; values: rules.Values };
type Known = { values: rules.Values; name: string; teamId: string | null };

const actionsOf = (object: rules.Subject) => [
  `${object}.add`,
  `${object}.change`,
  ...(object === 'deal' ? ['deal.move'] : []),
  ...(object === 'lead' ? ['lead.convert'] : []),
  ...(object === 'customer' ? ['pool.assign', 'pool.claim', 'pool.release', 'pool.return'] : []),
];

/** What a rule would have done within that many days to the records that one may write. */
export async function preview(
  world: World,
  input: { rule: rules.Input; days: number; ruleId: string | null },
  by: By,
): Promise<Preview> {
  const { rule } = input;
  const { object } = rule.event;
  const since = world.now() - input.days * day;
  const hidden = hiddenFields(by.me, object);
  if (rules.fieldsIn(rule.conditions).some(field => hidden.includes(field)))
    return { count: 0, complete: true, items: [] };
  const records = new Map<string, Known | null>();
  const known = async (id: string): Promise<Known | null> => {
    const there = records.get(id);
    if (there !== undefined) return there;
    const found = await read(world, object, id, by);
    records.set(id, found);
    return found;
  };
  const timed = rule.event.kind === 'idle' || rule.event.kind === 'date';
  const { found, complete } = timed
    ? await dueNow(world, rule, since, known)
    : await fromJournal(world, rule, since, known);
  const items: Would[] = [];
  const turn = { at: 0 };
  for (const one of found.slice(0, shownAtMost)) {
    const record = await known(one.id);
    const would: store.Told[] = [];
    for (const action of rule.actions)
      would.push(await wouldDo(world, action, { ...one, teamId: record?.teamId ?? null }, turn));
    items.push({ at: one.at, record: { type: object, id: one.id, name: record?.name ?? null }, would });
  }
  return { count: found.length, complete, items };
}

async function read(world: World, object: rules.Subject, id: string, by: By): Promise<Known | null> {
  const at =
    <Row extends RecordRow & { team_id: string | null }>(kind: Kind<Row>) =>
    async () => {
      const reading: By = { ...by, reach: may(by.me, 'update', object), action: 'update' };
      const row = await findRecord(world, kind.shape, fenceFor(kind, reading), id, { deleted: 'no' });
      return row
        ? { values: rules.valuesOf(object, row), name: kind.nameOf(row), teamId: row.team_id }
        : null;
    };
  if (object === 'customer') return at(customers.customers)();
  return object === 'lead' ? at(leads.leads)() : at(deals.deals)();
}

async function dueNow(
  world: World,
  rule: rules.Input,
  since: number,
  known: (id: string) => Promise<Known | null>,
): Promise<{ found: Found[]; complete: boolean }> {
  const rows = await dueFor(world, rule, { id: null, since, limit: 2_000 });
  const found: Found[] = [];
  for (const { id, at } of rows) {
    const record = await known(id);
    if (!record || !rules.meets(rule.conditions, record.values)) continue;
    const shift = rule.event.kind === 'idle' || rule.event.kind === 'date' ? rule.event.days * day : 0;
    found.push({ at: new Date(Date.parse(at) + shift).toISOString(), id, values: record.values });
  }
  return { found, complete: rows.length < 2_000 };
}

async function fromJournal(
  world: World,
  rule: rules.Input,
  since: number,
  known: (id: string) => Promise<Known | null>,
): Promise<{ found: Found[]; complete: boolean }> {
  const actions = actionsOf(rule.event.object);
  const found: Found[] = [];
  // What each record held at the moment that the reading has come to.
  const then = new Map<string, rules.Values>();
  let before: string | undefined;
  for (let seen = 0; seen < lookedAt; seen += piece) {
    const entries = await audit.happenings(world, { actions, before, limit: piece, imported: true });
    const wayOf = await waysOf(world, entries);
    for (const entry of entries) {
      if (Date.parse(entry.at) < since) return { found, complete: true };
      await look(entry, rule, { then, known, way: wayOf(entry), found });
    }
    if (entries.length < piece) return { found, complete: true };
    before = entries.at(-1)?.id;
  }
  return { found, complete: false };
}

async function look(
  entry: JournalEntry & { at: string },
  rule: rules.Input,
  about: {
    then: Map<string, rules.Values>;
    known: (id: string) => Promise<Known | null>;
    way: rules.Way;
    found: Found[];
  },
): Promise<void> {
  const id = entry.object_id ?? '';
  const record = await about.known(id);
  if (!record) return;
  const values = { ...(about.then.get(id) ?? record.values), ...rules.valuesIn(entry.after) };
  if (rules.fires(rule.event, entry, about.way) && rules.meets(rule.conditions, values))
    about.found.push({ at: entry.at, id, values });
  about.then.set(id, { ...values, ...rules.valuesIn(entry.before) });
}

async function wouldDo(
  world: World,
  action: rules.Action,
  of: Found & { teamId: string | null },
  turn: { at: number },
): Promise<store.Told> {
  const told = (person: string | null, words: string | null, kind: string = action.kind): store.Told => ({
    kind,
    person,
    words,
  });
  switch (action.kind) {
    case 'assign': {
      const people = rules.candidates(action, of.values);
      if (people.length === 0) return told(null, null, 'leave');
      const there = await store.available(world, people);
      const one = rules.inTurn(people, people.length > 1 ? turn.at++ : 0, new Set(there.keys()));
      return told(one ? (there.get(one) ?? null) : null, null);
    }
    case 'task':
    case 'notify': {
      const wanted =
        action.kind === 'task'
          ? [action.for === 'owner' ? String(of.values.owner ?? '') : action.for]
          : [
              ...action.people,
              ...(action.owner ? [String(of.values.owner ?? '')] : []),
              ...(action.manager && of.teamId ? await managersOf(world, of.teamId) : []),
            ];
      const names = await store.available(
        world,
        wanted.filter(id => id !== ''),
      );
      return told(
        [...names.values()].join(', ') || null,
        action.kind === 'task' ? action.title : action.words,
      );
    }
    case 'set':
      return told(null, action.field);
    case 'tag':
      return told(null, [...action.add, ...action.remove.map(tag => `−${tag}`)].join(', '));
    case 'pool':
      return told(null, action.reason);
    default:
      return told(null, null);
  }
}
