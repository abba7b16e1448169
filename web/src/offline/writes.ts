// Writes that can wait for the server: what each makes of a record meanwhile, and what of it clashes when somebody else
// was quicker.
import { type Choice, type Clash, chosen, clashesOf, suggestion } from '../customers/conflict.ts';
import type { Activity, Customer, Kind, Named, Row, Session, WorkingSet } from './records.ts';

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

/** The record as it will be, as far as this device can tell. */
export function recordAfter(
  write: Write & { at: number },
  base: Row,
  set: WorkingSet,
  { user }: Session,
): Row {
  const at = new Date(write.at).toISOString();
  const known = (people: readonly Named[], id: unknown): Named | null =>
    people.find(one => one.id === id) ?? (user.id === id ? { id: user.id, name: user.name } : null);
  const record: Row = { ...base, updatedAt: at };
  for (const [field, value] of Object.entries(changesIn(write))) {
    if (field === 'customerId') record.customer = named(known(set.customers, value));
    else if (field === 'contactId') record.contact = named(known(set.contacts, value));
    else if (field === 'ownerId') record.owner = known(set.owners, value);
    else if (field === 'stageId') {
      const pipeline = set.pipelines.find(one => one.stages.some(stage => stage.id === value));
      const stage = pipeline?.stages.find(one => one.id === value);
      if (!pipeline || !stage) continue;
      const { id, name, kind, ageingDays, probability } = stage;
      Object.assign(record, {
        stage: { id, name, kind, ageingDays },
        pipelineId: pipeline.id,
        stageSince: at,
      });
      if (!record.probabilityOwn) record.probability = probability;
    } else if (field.startsWith(own))
      record.custom = { ...(record.custom as Fields | undefined), [field.slice(own.length)]: value };
    else record[field] = value;
  }
  return record;
}

const named = (one: Named | null): Named | null => one && { id: one.id, name: one.name };

/** What a new record has before anything is filled in. */
export function blankFor(kind: Kind, id: string, at: number, set: WorkingSet, { user }: Session): Row {
  const time = new Date(at).toISOString();
  const me = { id: user.id, name: user.name };
  const pipeline = set.pipelines.find(one => one.isDefault);
  const stage = pipeline?.stages[0];
  const empty = (...fields: string[]) => Object.fromEntries(fields.map(field => [field, null]));
  const first: Record<Kind, Fields> = {
    customers: {
      ...empty('phone', 'email', 'website', 'industry', 'source', 'level', 'address', 'city', 'remark'),
      ...empty('nextFollowUpAt', 'lastActivityAt'),
      stage: 'new',
      tags: [],
      owner: me,
    },
    contacts: {
      ...empty('customer', 'title', 'phone', 'email', 'wechat', 'remark'),
      isPrimary: false,
      owner: me,
    },
    activities: { ...empty('contact', 'nextStep', 'nextAt'), author: me, at: time },
    deals: {
      ...empty('contact', 'expectedOn', 'source', 'lostReason', 'lostRemark', 'nextStep'),
      amount: 0,
      currency: 'CNY',
      pipelineId: pipeline?.id ?? '',
      stage: stage ?? null,
      stageSince: time,
      probability: stage?.probability ?? 0,
      probabilityOwn: false,
      owner: me,
    },
  };
  return { id, version: 1, custom: {}, createdAt: time, updatedAt: time, deletedAt: null, ...first[kind] };
}

/** The working set as it is once every waiting write has gone through. */
export function applied(set: WorkingSet, waiting: readonly Waiting[], session: Session): WorkingSet {
  let now = set;
  for (const write of waiting) {
    const kind = kindOf(write);
    const rows = now[kind] as unknown as Row[];
    const id = write.id ?? write.makes ?? '';
    const base = rows.find(one => one.id === id) ?? write.base ?? blankFor(kind, id, write.at, now, session);
    const record = { ...recordAfter(write, base, now, session), version: write.id ? base.version + 1 : 1 };
    now = { ...now, [kind]: [record, ...rows.filter(one => one.id !== id)] };
    if (write.call === 'POST /activities') now = followed(now, record as unknown as Activity);
  }
  return now;
}

/** A follow-up moves its customer's last and next one. */
function followed(set: WorkingSet, activity: Activity): WorkingSet {
  const move = (customer: Customer): Customer => {
    if (customer.id !== activity.customer?.id) return customer;
    const planned = customer.nextFollowUpAt;
    const done = planned !== null && planned <= activity.at;
    return {
      ...customer,
      lastActivityAt: activity.at,
      nextFollowUpAt: activity.nextAt ?? (done ? null : planned),
    };
  };
  return { ...set, customers: set.customers.map(move) };
}

const own = 'custom.';

/** What a write sets, by field, the workspace's own ones too; of a move the stage and what is filled in by the way. */
export function changesIn({ call, body }: Pick<Write, 'call' | 'body'>): Fields {
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
  };
  if (field.startsWith(own)) return (record?.custom as Fields | undefined)?.[field.slice(own.length)];
  const link = links[field];
  return link ? (record?.[link] as Named | null | undefined)?.id : record?.[field];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
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
    ['remark', 'tags'],
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
  const { stageId, lostReason, lostRemark, ...set } = left;
  const reasons = Object.fromEntries(
    Object.entries({ lostReason, lostRemark }).filter(([, value]) => value !== undefined),
  );
  const body = isMove
    ? { stageId, ...reasons, ...(Object.keys(set).length > 0 ? { set } : {}), ifMatch: version }
    : bodyOf(left);
  return { ...rest, body, base: theirs, ifMatch: isMove ? null : version, state: 'waiting' };
}

/** Changes by field as the server takes them: the workspace's own ones under `custom`. */
function bodyOf(changes: Fields): Fields {
  const isOwn = ([field]: [string, unknown]) => field.startsWith(own);
  const pairs = Object.entries(changes);
  const custom = pairs.filter(isOwn).map(([field, value]) => [field.slice(own.length), value]);
  return {
    ...Object.fromEntries(pairs.filter(pair => !isOwn(pair))),
    ...(custom.length > 0 ? { custom: Object.fromEntries(custom) } : {}),
  };
}

/** A write with another version to stand on, after an earlier one of the same author has gone through. */
export function onTopOf(write: Waiting, version: number): Waiting {
  if (write.call === 'POST /deals/{id}/move')
    return { ...write, body: { ...write.body, ifMatch: `"v${version}"` } };
  return write.ifMatch === null ? write : { ...write, ifMatch: `"v${version}"` };
}

/** The records a write has to do with: it waits behind whatever else concerns them. */
export function concerns(write: Waiting): string[] {
  const { customerId, contactId } = changesIn(write);
  return [write.id, write.makes, customerId, contactId].filter(id => typeof id === 'string');
}
