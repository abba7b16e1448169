// Writes that can wait for the server: what each sets, and what of it clashes when somebody else was quicker.
import { type Choice, type Clash, chosen, clashesOf, suggestion } from '../customers/conflict.ts';
import type { Kind, Named, Row } from './records.ts';

/** The calls that may wait, and what they write. */
const kinds = {
  'POST /customers': 'customers',
  'PATCH /customers/{id}': 'customers',
  'POST /contacts': 'contacts',
  'PATCH /contacts/{id}': 'contacts',
  'POST /activities': 'activities',
  'PATCH /activities/{id}': 'activities',
  'POST /deals': 'deals',
  'PATCH /deals/{id}': 'deals',
  'POST /deals/{id}/move': 'deals',
  'POST /tasks': 'tasks',
  'PATCH /tasks/{id}': 'tasks',
  'POST /tasks/{id}/done': 'tasks',
  'POST /tasks/{id}/reopen': 'tasks',
  'POST /leads': 'leads',
  'PATCH /leads/{id}': 'leads',
} as const satisfies Record<string, Kind>;
export type WaitingCall = keyof typeof kinds;
export type Fields = Record<string, unknown>;

export type Write = {
  call: WaitingCall;
  /** The record it changes; null where it adds one. */
  id: string | null;
  body: Fields;
};

/** A write on its way: kept until the server has it, or until its author throws it away. */
export type Waiting = Write & {
  seq: number;
  ifMatch: string | null;
  key: string;
  at: number;
  /** When it may first have reached the server. */
  sentAt: number | null;
  title: string;
  /** The record as it was read before; null for a new one. */
  base: Row | null;
  /** The id that a new record goes by until the server gives it one. */
  makes: string | null;
  state: 'waiting' | 'conflict' | 'refused' | 'unsure';
  refusal?: { code: string; status: number; words: string; at: number };
  theirs?: Row;
};

export function canWait(call: string): call is WaitingCall {
  return call in kinds;
}

export function kindOf(write: Pick<Write, 'call'>): Kind {
  return kinds[write.call];
}

/** The record out of the server's reply to a write. */
export function recordIn(call: WaitingCall, reply: unknown): Row | null {
  return call === 'POST /tasks/{id}/done' ? (reply as { task: Row }).task : (reply as Row | null);
}

/** What the page is told in place of the server's reply; which task of a series comes next, the server alone knows. */
export function replyOf(call: WaitingCall, record: Row): unknown {
  return call === 'POST /tasks/{id}/done' ? { task: record, next: null } : record;
}

export const own = 'custom.';

/** Calls that say all by their name. */
const told: Partial<Record<WaitingCall, Fields>> = {
  'POST /tasks/{id}/done': { status: 'done' },
  'POST /tasks/{id}/reopen': { status: 'open' },
};

/**
 * What a write sets, by field, the workspace's own ones too; of a move the stage and what is filled in by the way, of a
 * task `due` in place of the day or moment that it is sent as.
 */
export function changesIn({ call, body }: Pick<Write, 'call' | 'body'>): Fields {
  const named = told[call];
  if (named) return named;
  if (kinds[call] === 'tasks') {
    const { dueOn, dueAt, zone: _zone, ...rest } = body;
    return 'dueOn' in body || 'dueAt' in body ? { ...rest, due: dueAt ?? dueOn ?? null } : rest;
  }
  if (call === 'POST /deals/{id}/move') {
    const { set, ifMatch: _ifMatch, ...rest } = body;
    return { ...rest, ...(set as Fields | undefined) };
  }
  const { custom, ...rest } = body;
  const theirs = Object.entries((custom as Fields | undefined) ?? {});
  return { ...rest, ...Object.fromEntries(theirs.map(([key, value]) => [own + key, value])) };
}

/** A record's value of a field that is written, e.g. the id of its owner for `ownerId`. */
function valueIn(record: Row | null | undefined, field: string): unknown {
  const links: Record<string, string> = {
    ownerId: 'owner',
    customerId: 'customer',
    contactId: 'contact',
    stageId: 'stage',
    about: 'about',
  };
  if (field === 'due') return record?.dueAt ?? record?.dueOn;
  if (field.startsWith(own)) return (record?.custom as Fields | undefined)?.[field.slice(own.length)];
  const link = links[field];
  return link ? (record?.[link] as Named | null | undefined)?.id : record?.[field];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.join(', ');
  // What a task is about goes by its id; how it repeats is one value.
  return typeof value === 'object' ? ((value as Partial<Named>).id ?? JSON.stringify(value)) : String(value);
}

/** The fields on which a write and the record as it stands now do not agree. */
export function clashesIn(write: Waiting, theirs: Row): Clash<string>[] {
  const changes = changesIn(write);
  const fields = Object.keys(changes);
  const texts = (value: (field: string) => unknown) =>
    Object.fromEntries(fields.map(field => [field, textOf(value(field))]));
  const base = texts(field => valueIn(write.base, field));
  return clashesOf(
    fields,
    { base, mine: texts(field => changes[field]), theirs: texts(field => valueIn(theirs, field)) },
    ['remark', 'note', 'tags'],
  );
}

/** The write that remains after a choice for every clash, on top of the record as it stands; null when nothing does. */
export function decided(
  write: Waiting,
  theirs: Row,
  choices: Partial<Record<string, Choice>>,
): Waiting | null {
  const clashes = clashesIn(write, theirs);
  const left: Fields = {};
  for (const clash of clashes) {
    const choice = choices[clash.field] ?? suggestion(clash);
    if (choice === 'theirs') continue;
    const mine = changesIn(write)[clash.field];
    if (choice === 'mine') left[clash.field] = mine;
    else {
      const joint = chosen(clash, choice, Array.isArray(mine) ? ', ' : '\n');
      left[clash.field] = Array.isArray(mine) ? [...new Set(joint.split(', '))] : joint;
    }
  }
  const isMove = write.call === 'POST /deals/{id}/move';
  if (Object.keys(left).length === 0 || (isMove && !('stageId' in left))) return null;
  const { theirs: _theirs, refusal: _refusal, ...rest } = write;
  const version = `"v${theirs.version}"`;
  const { stageId, lostReason, lostRemark, wonReason, ...set } = left;
  const reasons = Object.fromEntries(
    Object.entries({ lostReason, lostRemark, wonReason }).filter(([, value]) => value !== undefined),
  );
  const body = isMove
    ? { stageId, ...reasons, ...(Object.keys(set).length > 0 ? { set } : {}), ifMatch: version }
    : bodyOf(left, write.body);
  return { ...rest, body, base: theirs, ifMatch: isMove ? null : version, state: 'waiting' };
}

/** Changes by field as the server takes them: the workspace's own ones under `custom`, a due day or moment apart. */
function bodyOf({ due, ...changes }: Fields, { zone }: Fields): Fields {
  const isOwn = ([field]: [string, unknown]) => field.startsWith(own);
  const pairs = Object.entries(changes);
  const custom = pairs.filter(isOwn).map(([field, value]) => [field.slice(own.length), value]);
  return {
    ...Object.fromEntries(pairs.filter(pair => !isOwn(pair))),
    ...(custom.length > 0 ? { custom: Object.fromEntries(custom) } : {}),
    ...(due === undefined ? {} : dueOf(due)),
    ...(zone && (due !== undefined || changes.repeat) ? { zone } : {}),
  };
}

/** A day, or a moment, or neither. */
export function dueOf(due: unknown): { dueOn: unknown; dueAt: unknown } {
  return String(due ?? '').includes('T') ? { dueOn: null, dueAt: due } : { dueOn: due, dueAt: null };
}

/** A write with another version to stand on, after an earlier one of the same author has gone through. */
export function onTopOf(write: Waiting, version: number): Waiting {
  if (write.call === 'POST /deals/{id}/move')
    return { ...write, body: { ...write.body, ifMatch: `"v${version}"` } };
  return write.ifMatch === null ? write : { ...write, ifMatch: `"v${version}"` };
}

/** The records a write has to do with: it waits behind whatever else concerns them. */
export function concerns(write: Waiting): string[] {
  const { customerId, contactId, leadId, about } = changesIn(write);
  const named = (about as Partial<Named> | null | undefined)?.id;
  return [write.id, write.makes, customerId, contactId, leadId, named].filter(id => typeof id === 'string');
}
