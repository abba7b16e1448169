// When a rule fires, whether a record meets its conditions, whose turn it is. Pure.
import type { z } from 'zod';
import type {
  Action as ActionSchema,
  Conditions as ConditionsSchema,
  Event as EventSchema,
  RuleInput,
  Subject as SubjectSchema,
  Test as TestSchema,
  Through,
} from './contract.ts';

export type Subject = z.output<typeof SubjectSchema>;
export type Event = z.output<typeof EventSchema>;
export type Test = z.output<typeof TestSchema>;
export type Conditions = z.output<typeof ConditionsSchema>;
export type Action = z.output<typeof ActionSchema>;
export type Assign = Extract<Action, { kind: 'assign' }>;
export type Input = z.output<typeof RuleInput>;
export type Way = z.output<typeof Through>;

/** Fields as they travel, with what they hold; people, stages and the like by id. */
export type Values = Readonly<Record<string, unknown>>;

/** Rules that stand one behind the other before this counts as a circle. */
export const deepest = 5;
/** Firings of one rule at one record within an hour before it counts as a circle. */
export const oftenest = 20;

const shared = {
  owner: 'owner_id',
  source: 'source',
  tags: 'tags',
  nextFollowUpAt: 'next_follow_up_at',
  lastActivityAt: 'last_activity_at',
  createdAt: 'created_at',
} as const;
const reachable = {
  phone: 'phone',
  email: 'email',
  city: 'city',
  address: 'address',
  remark: 'remark',
} as const;

/** The fields of each kind of record that rules know, and their columns. */
export const columnOf: Readonly<Record<Subject, Readonly<Record<string, string>>>> = {
  customer: {
    ...shared,
    ...reachable,
    name: 'name',
    website: 'website',
    industry: 'industry',
    level: 'level',
    stage: 'stage',
  },
  lead: {
    ...shared,
    ...reachable,
    name: 'name',
    company: 'company',
    title: 'title',
    wechat: 'wechat',
    status: 'status',
    score: 'score',
  },
  deal: {
    title: 'title',
    amount: 'amount',
    currency: 'currency',
    stage: 'stage_id',
    probability: 'probability',
    expectedOn: 'expected_on',
    source: 'source',
    nextStep: 'next_step',
    lostReason: 'lost_reason',
    owner: 'owner_id',
    createdAt: 'created_at',
  },
};

/** Fields that hold a day or a moment, which a rule may wait for; and those of the workspace's own. */
const dates: Readonly<Record<Subject, readonly string[]>> = {
  customer: ['nextFollowUpAt', 'createdAt'],
  lead: ['nextFollowUpAt', 'createdAt'],
  deal: ['expectedOn', 'createdAt'],
};

/** Fields that a rule may write. */
const settable: Readonly<Record<Subject, readonly string[]>> = {
  customer: ['industry', 'source', 'level', 'stage', 'city', 'remark', 'nextFollowUpAt'],
  lead: ['source', 'city', 'remark', 'status', 'score', 'nextFollowUpAt'],
  deal: ['amount', 'probability', 'expectedOn', 'source', 'nextStep'],
};

const isOwn = (field: string) => field.startsWith('custom.');

export const isField = (object: Subject, field: string) =>
  Object.hasOwn(columnOf[object], field) || isOwn(field);
export const isDate = (object: Subject, field: string) => dates[object].includes(field) || isOwn(field);
export const isSettable = (object: Subject, field: string) =>
  settable[object].includes(field) || isOwn(field);

/** What a row holds. */
export function valuesOf(object: Subject, row: Readonly<Record<string, unknown>>): Values {
  const own = Object.entries((row.custom ?? {}) as object).map(([key, value]) => [`custom.${key}`, value]);
  const fixed = Object.entries(columnOf[object]).map(([field, column]) => [field, row[column] ?? null]);
  return Object.fromEntries([...fixed, ...own]);
}

/** What the journal tells, with what it names by id. */
export function valuesIn(state: Readonly<Record<string, unknown>> | null): Values {
  const plain = (value: unknown) =>
    typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
  return Object.fromEntries(Object.entries(state ?? {}).map(([field, value]) => [field, plain(value)]));
}

const text = (value: unknown) => String(value).normalize('NFKC').trim().toLowerCase();
const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function isOne(value: unknown, wanted: unknown): boolean {
  const held = Array.isArray(value) ? value.map(text) : [text(value)];
  const asked = Array.isArray(wanted) ? wanted.map(text) : [text(wanted)];
  return !isEmpty(value) && asked.some(one => held.includes(one));
}

function compares(value: unknown, wanted: unknown): number {
  if (isEmpty(value) || isEmpty(wanted)) return Number.NaN;
  const [a, b] = [Number(value), Number(wanted)];
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  const [one, other] = [String(value), String(wanted)];
  return one === other ? 0 : one < other ? -1 : 1;
}

/** Whether one condition holds. */
export function holds({ field, op, value: wanted }: Test, values: Values): boolean {
  const value = values[field];
  switch (op) {
    case 'is':
      return isOne(value, wanted);
    case 'is-not':
      return !isOne(value, wanted);
    case 'contains': {
      const parts = (Array.isArray(wanted) ? wanted : [wanted]).map(text);
      return !isEmpty(value) && parts.some(part => text(value).includes(part));
    }
    case 'above':
      return compares(value, wanted) > 0;
    case 'below':
      return compares(value, wanted) < 0;
    case 'filled':
      return !isEmpty(value);
    case 'empty':
      return isEmpty(value);
  }
}

/** Whether a record meets the conditions; none are met by all. */
export function meets(conditions: Conditions, values: Values): boolean {
  const each = (one: Conditions['of'][number]): boolean =>
    'of' in one ? meets(one, values) : holds(one, values);
  if (conditions.of.length === 0) return true;
  return conditions.match === 'all' ? conditions.of.every(each) : conditions.of.some(each);
}

/** The fields that conditions look at. */
export function fieldsIn(conditions: Conditions): string[] {
  return conditions.of.flatMap(one => ('of' in one ? one.of.map(test => test.field) : [one.field]));
}

export type Entry = {
  action: string;
  object_type: string | null;
  object_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** Whether an entry of the journal is what a rule waits for. */
export function fires(event: Event, entry: Entry, through: Way): boolean {
  if (entry.object_type !== event.object || !entry.object_id) return false;
  const isNew = entry.action === `${event.object}.add`;
  switch (event.kind) {
    case 'added':
      return isNew && event.through.includes(through);
    case 'changed': {
      if (isNew || !entry.before || !entry.after) return false;
      const changed = Object.keys(entry.after);
      return event.fields.length === 0 || changed.some(name => event.fields.includes(name));
    }
    case 'stage': {
      const to = valuesIn(entry.after).stage;
      return (isNew || entry.action === 'deal.move') && event.stages.includes(String(to));
    }
    default:
      return false;
  }
}

/** Among whom an assignment chooses, by what the record holds. */
export function candidates(action: Assign, values: Values): string[] {
  const { table } = action;
  const held = table && values[table.field];
  if (!table || isEmpty(held)) return action.people;
  const row = table.rows.find(({ values: named }) => named.some(one => text(held).includes(text(one))));
  return row?.people ?? action.people;
}

/** Whose turn it is of those that can take something now; null for nobody. */
export function inTurn(people: readonly string[], turn: number, there: ReadonlySet<string>): string | null {
  for (let step = 0; step < people.length; step++) {
    const one = people[(turn + step) % people.length];
    if (one && there.has(one)) return one;
  }
  return null;
}

export type Fault = { path: string; message: string };

/** What of a rule cannot be: fields that there are not, or actions that such records do not know. */
export function faultsIn(input: Input): Fault[] {
  const { event, conditions, actions } = input;
  const { object } = event;
  const faults: Fault[] = [];
  const unknown = (path: string) => faults.push({ path, message: 'is no field of such records' });
  if (event.kind === 'changed')
    for (const name of event.fields) if (!isField(object, name)) unknown('event.fields');
  if (event.kind === 'date' && !isDate(object, event.field)) unknown('event.field');
  for (const name of fieldsIn(conditions)) if (!isField(object, name)) unknown('conditions');
  for (const [at, action] of actions.entries()) {
    const path = `actions.${at}`;
    const foreign = () => faults.push({ path, message: 'is nothing that such a record takes' });
    if (action.kind === 'set' && !isSettable(object, action.field)) unknown(path);
    if (action.kind === 'assign') {
      if (action.table && !isField(object, action.table.field)) unknown(path);
      if (!action.table && action.people.length === 0) faults.push({ path, message: 'names nobody' });
    }
    if (action.kind === 'move' && object !== 'deal') foreign();
    if (action.kind === 'pool' && object !== 'customer') foreign();
    if (action.kind === 'tag' && object === 'deal') foreign();
    if (action.kind === 'notify' && !action.owner && !action.manager && action.people.length === 0)
      faults.push({ path, message: 'names nobody' });
  }
  return faults;
}
