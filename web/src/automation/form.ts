// A rule as its form holds it: texts as typed, people by id; and what of it goes to the server.
import type { Calls } from '../calls.ts';

export type Rule = Calls['GET /automations']['reply']['items'][number];
export type Input = Calls['POST /automations']['body'];
export type Subject = Input['event']['object'];
export type EventKind = Input['event']['kind'];
export type ActionKind = Input['actions'][number]['kind'];
type Action = Input['actions'][number];
type Test = Extract<Input['conditions']['of'][number], { op: string }>;
type Group = Exclude<Input['conditions']['of'][number], Test>;

export const subjects: Subject[] = ['customer', 'lead', 'deal'];
export const ops: Test['op'][] = ['is', 'is-not', 'contains', 'above', 'below', 'filled', 'empty'];
export const ways = ['person', 'intake', 'import', 'automation'] as const;

/** What can set off a rule about such records, and what it can do to them. */
export const eventsOf = (object: Subject): EventKind[] => [
  'added',
  'changed',
  ...(object === 'deal' ? (['stage'] as const) : (['idle'] as const)),
  'date',
];
export const actionsOf = (object: Subject, hooks: boolean): ActionKind[] => [
  'assign',
  'task',
  'notify',
  'set',
  ...(object === 'deal' ? (['move'] as const) : (['tag'] as const)),
  ...(object === 'customer' ? (['pool'] as const) : []),
  ...(hooks ? (['webhook'] as const) : []),
];

/** Fields that conditions may look at, that a rule may wait for, and that it may set. */
export const fieldsOf: Record<Subject, { all: string[]; dates: string[]; set: string[] }> = {
  customer: {
    all: [
      'name',
      'city',
      'industry',
      'source',
      'level',
      'stage',
      'tags',
      'owner',
      'phone',
      'email',
      'remark',
    ],
    dates: ['nextFollowUpAt', 'createdAt'],
    set: ['stage', 'level', 'source', 'industry', 'city', 'nextFollowUpAt'],
  },
  lead: {
    all: [
      'name',
      'company',
      'city',
      'source',
      'status',
      'score',
      'tags',
      'owner',
      'phone',
      'email',
      'remark',
    ],
    dates: ['nextFollowUpAt', 'createdAt'],
    set: ['source', 'city', 'score', 'nextFollowUpAt'],
  },
  deal: {
    all: ['title', 'amount', 'currency', 'stage', 'probability', 'source', 'owner', 'expectedOn', 'nextStep'],
    dates: ['expectedOn', 'createdAt'],
    set: ['nextStep', 'source', 'probability', 'expectedOn'],
  },
};

export type TestForm = { field: string; op: Test['op']; value: string };
export type Row = { values: string; person: string };
export type ActionForm = {
  kind: ActionKind;
  people: string[];
  /** By region or the like; empty: by turns alone. */
  tableField: string;
  rows: Row[];
  words: string;
  days: string;
  /** `owner` or a person's id. */
  whom: string;
  owner: boolean;
  manager: boolean;
  field: string;
  value: string;
  target: string;
};

export type RuleForm = {
  name: string;
  active: boolean;
  object: Subject;
  event: EventKind;
  through: string[];
  field: string;
  stage: string;
  days: string;
  side: 'before' | 'after';
  match: 'all' | 'any';
  tests: TestForm[];
  /** Conditions within conditions, as other programs make them: kept, not changed here. */
  groups: Group[];
  actions: ActionForm[];
};

export const blankAction = (kind: ActionKind): ActionForm => ({
  kind,
  people: [],
  tableField: '',
  rows: [],
  words: '',
  days: '1',
  whom: 'owner',
  owner: true,
  manager: false,
  field: '',
  value: '',
  target: '',
});

export const blank: RuleForm = {
  name: '',
  active: true,
  object: 'lead',
  event: 'added',
  through: ['person', 'intake'],
  field: '',
  stage: '',
  days: '7',
  side: 'before',
  match: 'all',
  tests: [],
  groups: [],
  actions: [blankAction('notify')],
};

/** Amounts are typed in whole units and travel in minor ones. */
const isMoney = (field: string) => field === 'amount';
const shownValue = (field: string, value: unknown) =>
  isMoney(field) && typeof value === 'number'
    ? String(value / 100)
    : Array.isArray(value)
      ? value.join(', ')
      : String(value ?? '');

const listed = (text: string) =>
  text
    .split(/[,，、;；\n]/)
    .map(one => one.trim())
    .filter(one => one !== '');

export function formOf(rule: Input): RuleForm {
  const { event, conditions } = rule;
  const isTest = (one: Input['conditions']['of'][number]): one is Test => 'op' in one;
  return {
    ...blank,
    name: rule.name,
    active: rule.active,
    object: event.object,
    event: event.kind,
    ...(event.kind === 'added' ? { through: event.through } : {}),
    ...(event.kind === 'changed' ? { field: event.fields[0] ?? '' } : {}),
    ...(event.kind === 'stage' ? { stage: event.stages[0] ?? '' } : {}),
    ...(event.kind === 'idle' ? { days: String(event.days) } : {}),
    ...(event.kind === 'date'
      ? { field: event.field, days: String(Math.abs(event.days)), side: event.days < 0 ? 'before' : 'after' }
      : {}),
    match: conditions.match,
    tests: conditions.of
      .filter(isTest)
      .map(({ field, op, value }) => ({ field, op, value: shownValue(field, value) })),
    groups: conditions.of.filter((one): one is Group => !isTest(one)),
    actions: rule.actions.map(actionFormOf),
  };
}

function actionFormOf(action: Action): ActionForm {
  const form = blankAction(action.kind);
  switch (action.kind) {
    case 'assign':
      return {
        ...form,
        people: action.people,
        tableField: action.table?.field ?? '',
        rows: (action.table?.rows ?? []).flatMap(row =>
          row.people.map(person => ({ values: row.values.join(', '), person })),
        ),
      };
    case 'task':
      return { ...form, words: action.title, days: String(action.days), whom: action.for };
    case 'notify':
      return { ...form, ...action };
    case 'set': {
      const later = typeof action.value === 'object' && action.value !== null;
      const value = later ? '' : shownValue(action.field, action.value);
      const days = typeof action.value === 'object' && action.value ? String(action.value.inDays) : form.days;
      return { ...form, field: action.field, value, days };
    }
    case 'move':
      return { ...form, target: action.stageId };
    case 'tag':
      return { ...form, words: action.add.join(', '), value: action.remove.join(', ') };
    case 'pool':
      return { ...form, words: action.reason };
    case 'webhook':
      return { ...form, target: action.hookId };
  }
}

const number = (text: string) => Number(text.normalize('NFKC').trim() || 'x');
const isDays = (text: string) => Number.isInteger(number(text)) && number(text) >= 0 && number(text) <= 365;
export const isDateField = (field: string) => ['nextFollowUpAt', 'expectedOn'].includes(field);

/** What is missing or no number, by the name of its place. */
export function faultsOf(form: RuleForm): string[] {
  const faults: string[] = [];
  const need = (path: string, good: boolean) => void (good || faults.push(path));
  need('name', form.name.trim() !== '');
  if (form.event === 'added') need('through', form.through.length > 0);
  if (form.event === 'stage') need('stage', form.stage !== '');
  if (form.event === 'date') need('field', form.field !== '');
  if (form.event === 'idle') need('days', isDays(form.days) && number(form.days) > 0);
  if (form.event === 'date') need('days', isDays(form.days));
  for (const [at, test] of form.tests.entries()) {
    need(`tests.${at}`, test.field !== '');
    if (test.op !== 'filled' && test.op !== 'empty') need(`tests.${at}.value`, test.value.trim() !== '');
    if ((test.op === 'above' || test.op === 'below') && isMoney(test.field))
      need(`tests.${at}.value`, !Number.isNaN(number(test.value)));
  }
  need('actions', form.actions.length > 0);
  for (const [at, action] of form.actions.entries()) {
    const path = `actions.${at}`;
    if (action.kind === 'assign' && !action.tableField) need(path, action.people.length > 0);
    if (action.kind === 'assign' && action.tableField)
      need(
        path,
        action.rows.length > 0 &&
          action.rows.every(row => listed(row.values).length > 0 && row.person !== ''),
      );
    if (action.kind === 'task') need(path, action.words.trim() !== '' && isDays(action.days));
    if (action.kind === 'notify')
      need(path, action.words.trim() !== '' && (action.owner || action.manager || action.people.length > 0));
    if (action.kind === 'set')
      need(path, action.field !== '' && (isDateField(action.field) ? isDays(action.days) : true));
    if (action.kind === 'move' || action.kind === 'webhook') need(path, action.target !== '');
    if (action.kind === 'tag') need(path, listed(`${action.words},${action.value}`).length > 0);
    if (action.kind === 'pool') need(path, action.words.trim() !== '');
  }
  return faults;
}

function eventOf(form: RuleForm): Input['event'] {
  const { object } = form;
  switch (form.event) {
    case 'added':
      return { kind: 'added', object, through: ways.filter(way => form.through.includes(way)) };
    case 'changed':
      return { kind: 'changed', object, fields: form.field ? [form.field] : [] };
    case 'stage':
      return { kind: 'stage', object: 'deal', stages: [form.stage] };
    case 'idle':
      return { kind: 'idle', object: object === 'lead' ? 'lead' : 'customer', days: number(form.days) };
    case 'date': {
      const days = number(form.days) * (form.side === 'before' ? -1 : 1);
      return { kind: 'date', object, field: form.field, days: days || 0 };
    }
  }
}

function testOf({ field, op, value }: TestForm): Test {
  if (op === 'filled' || op === 'empty') return { field, op };
  if (isMoney(field)) return { field, op, value: Math.round(number(value) * 100) };
  const many = listed(value);
  return { field, op, value: many.length > 1 && op !== 'above' && op !== 'below' ? many : value.trim() };
}

function actionOf(form: ActionForm): Action {
  const { kind, people } = form;
  switch (kind) {
    case 'assign': {
      const rows = form.rows.map(row => ({ values: listed(row.values), people: [row.person] }));
      return form.tableField ? { kind, people, table: { field: form.tableField, rows } } : { kind, people };
    }
    case 'task':
      return { kind, title: form.words, days: number(form.days), for: form.whom as 'owner' };
    case 'notify':
      return { kind, owner: form.owner, manager: form.manager, people, words: form.words };
    case 'set':
      return { kind, field: form.field, value: settingOf(form) };
    case 'move':
      return { kind, stageId: form.target };
    case 'tag':
      return { kind, add: listed(form.words), remove: listed(form.value) };
    case 'pool':
      return { kind, reason: form.words };
    case 'webhook':
      return { kind, hookId: form.target };
  }
}

function settingOf({ field, value, days }: ActionForm) {
  if (isDateField(field)) return { inDays: number(days) };
  if (value.trim() === '') return null;
  return field === 'score' || field === 'probability' ? number(value) : value.trim();
}

/** The rule that a form without faults means. */
export function inputOf(form: RuleForm): Input {
  return {
    name: form.name.trim(),
    active: form.active,
    event: eventOf(form),
    conditions: { match: form.match, of: [...form.tests.map(testOf), ...form.groups] },
    actions: form.actions.map(actionOf),
  };
}
