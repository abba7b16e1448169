// Tasks as imports write them: what other systems call kinds, priorities and states, with their authors and times.
import { customColumns, toldOf } from '../custom-fields/custom-fields.ts';
import { fenceOf } from '../db/fence.ts';
import type { TaskKind, TaskPriority } from '../db/tasks-tables.ts';
import { folded } from '../folding.ts';
import { may } from '../permissions.ts';
import * as imported from '../records/imported.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { moment, type World } from '../world.ts';
import { keysOf } from './finding.ts';
import * as store from './imported-store.ts';
import * as rules from './rules.ts';

const told = { ...rules.columnOf, doneAt: 'done_at' } as const;

const target: imported.Target = {
  object: 'task',
  table: 'tasks',
  keys: 'task_keys',
  keysOf: (world, row) => keysOf(world.workspaceId, row as Parameters<typeof keysOf>[1]),
  name: 'title',
  told,
  days: ['due_on'],
  columns: [
    ...Object.values(told),
    'about_type',
    'about_id',
    'customer_id',
    'zone',
    'done_by',
    'owner_id',
    'team_id',
    'foreign_id',
    'custom',
    'custom_sort',
  ],
  /** The reminder goes where the day goes that it is of. */
  async written(world, rows) {
    const moved = rows.filter(
      ({ row, columns }) =>
        row.remind_minutes !== null && (columns.due_on !== undefined || columns.due_at !== undefined),
    );
    if (moved.length === 0) return;
    const home = await workspaces.timeZone(world);
    await store.setReminders(
      world,
      moved.map(({ row, columns }) => {
        const { remind_at } = rules.reminding({ ...row, ...columns } as never, home);
        return { id: String(row.id), remind_at };
      }),
    );
  },
};

const plain = (word: string) => folded(word).replace(/[-_/]/g, '');
const named = <Code extends string>(names: readonly (readonly [Code, string])[], word: string) =>
  names.find(([, list]) => list.split('|').includes(plain(word)))?.[0];

const kinds: [TaskKind, string][] = [
  ['call', 'call|phone|phonecall|电话|打电话|电话沟通|电话跟进|回访|电话回访'],
  ['meeting', 'meeting|event|demo|lunch|会议|面谈|线上会议'],
  ['visit', 'visit|onsite|拜访|上门|上门拜访|客户拜访|外勤'],
  ['email', 'email|mail|sendemail|邮件|发邮件|电子邮件'],
];
const priorities: [TaskPriority, string][] = [
  ['high', 'high|urgent|highest|1|2|3|true|yes|高|紧急|重要|非常紧急|最高|★|★★|★★★'],
  ['low', 'low|lowest|低|较低|不急|不紧急'],
  ['normal', 'normal|medium|0|false|no|none|中|普通|一般|正常|中等'],
];
const states: ['done' | 'open', string][] = [
  [
    'done',
    'done|completed|complete|closed|finished|true|yes|1|1done|canceled|cancelled|deferred|已完成|完成|是|已关闭|已结束|已取消|取消',
  ],
  [
    'open',
    'open|notstarted|started|inprogress|todo|new|planned|waiting|waitingonsomeoneelse|pending|draft|overdue|today|false|no|0|未完成|未开始|进行中|待办|待处理|处理中|否|已逾期|逾期|新建',
  ],
];

const textOf = (value: imported.Value | undefined) =>
  typeof value === 'string' && value !== '' ? value : undefined;

type About = { type: 'customer' | 'contact' | 'deal' | 'lead'; id: string; name: string };
type Placed = { about: About; customerId: string | null };

function aboutOf(row: imported.PlacedRow, related: Map<string, Placed>): Placed | undefined {
  if (row.contact && row.customer)
    return { about: { type: 'contact', ...row.contact }, customerId: row.customer.id };
  if (row.customer)
    return {
      about: { type: 'customer', id: row.customer.id, name: row.customer.name },
      customerId: row.customer.id,
    };
  return related.get(textOf(row.values.customerForeignId) ?? '');
}

/** The columns that a row sets; those it says nothing about are left out. */
function columnsOf(
  { personIn }: imported.Asked,
  row: imported.PlacedRow,
  related: Map<string, Placed>,
  at: string,
): Record<string, unknown> {
  const { values } = row;
  const columns: Record<string, unknown> = {};
  const set = (column: string, value: unknown) => {
    if (value !== undefined) columns[column] = value;
  };
  set('title', textOf(values.name));
  const author = textOf(values.author);
  // Somebody who was never a member here stays named in the text.
  const stranger = author && !personIn(author) ? `— ${author}` : undefined;
  const note = [textOf(values.remark), stranger].filter(Boolean).join('\n');
  set('note', note.slice(0, 5_000) || undefined);
  const kind = textOf(values.kind);
  if (kind) set('kind', named(kinds, kind) ?? 'todo');
  const priority = textOf(values.priority);
  if (priority) set('priority', named(priorities, priority) ?? 'normal');
  const due = textOf(values.dueAt);
  if (due)
    Object.assign(columns, due.length === 10 ? { due_on: due, due_at: null } : { due_on: null, due_at: due });
  const status = textOf(values.status);
  const isDone = status ? named(states, status) === 'done' : textOf(values.doneAt) ? true : undefined;
  if (isDone === true)
    Object.assign(columns, {
      done_at: textOf(values.doneAt) ?? (due && due.length > 10 && due < at ? due : undefined) ?? at,
      done_by: row.owner.id,
    });
  if (isDone === false) Object.assign(columns, { done_at: null, done_by: null });
  const placed = aboutOf(row, related);
  if (placed)
    Object.assign(columns, {
      about_type: placed.about.type,
      about_id: placed.about.id,
      customer_id: placed.customerId,
    });
  set('foreign_id', textOf(values.foreignId));
  return columns;
}

/** What is done already keeps when and by whom, where a row does not say better. */
function lasting(columns: Record<string, unknown>, isDone: boolean): Record<string, unknown> {
  const { done_at, done_by, ...rest } = columns;
  return isDone && done_at ? rest : columns;
}

/** The deals and leads that rows name by an id from elsewhere in place of a customer, as far as he may see them. */
async function relatedTo(
  world: World,
  { hand }: imported.Asked,
  rows: imported.PlacedRow[],
  by: By,
): Promise<Map<string, Placed>> {
  const ids = rows.flatMap(row => (row.customer ? [] : (textOf(row.values.customerForeignId) ?? [])));
  if (ids.length === 0) return new Map();
  const fences = {
    deal: fenceOf(by.me, may(hand, 'read', 'deal')),
    lead: fenceOf(by.me, may(hand, 'read', 'lead')),
  };
  const found = await store.relatedBy(world, fences, ids);
  return new Map(
    found.map(({ type, id, name, foreignId, customerId }) => [
      foreignId,
      { about: { type, id, name }, customerId },
    ]),
  );
}

async function add(
  world: World,
  asked: imported.Asked,
  input: { rows: imported.PlacedRow[]; importId: string },
  by: By,
): Promise<string[]> {
  const at = moment(world);
  const entries: Parameters<typeof imported.addRows>[3] = [];
  const related = await relatedTo(world, asked, input.rows, by);
  const rows = input.rows.map(row => {
    const author = textOf(row.values.author);
    const { repeat: _, ...blank } = rules.newFields({});
    const fields = {
      ...blank,
      done_at: null,
      done_by: null,
      foreign_id: null,
      ...columnsOf(asked, row, related, at),
      ...customColumns(row.own ?? {}),
    };
    const id = world.random.id();
    const about = aboutOf(row, related)?.about;
    const links = { owner: { id: row.owner.id, name: row.owner.name }, ...(about ? { about } : {}) };
    const after = { ...rules.told({ ...fields, repeat: null }, links), ...toldOf(row.own ?? {}) };
    const details = { import: input.importId };
    entries.push(records.entryOf(world, target, 'add', id, by, { after, details }));
    return {
      ...fields,
      id,
      owner_id: row.owner.id,
      team_id: row.owner.teamId,
      import_id: input.importId,
      created_at: textOf(row.values.createdAt) ?? at,
      created_by: (author && asked.personIn(author)?.id) || by.me.id,
      updated_at: at,
      updated_by: by.me.id,
      version: 1,
    };
  });
  await imported.addRows(world, target, rows, entries);
  return rows.map(row => row.id);
}

/** What makes two tasks one: the customer, the title and when it is due. */
const keyOf = (customerKey: string, title: string, due: string) => `${customerKey} ${folded(title)} ${due}`;

async function met(
  world: World,
  wanted: { customerKeys: Map<string, string>; foreignIds: string[]; rows: imported.Values[] },
  by: By,
): Promise<imported.Met[]> {
  const fence = fenceOf(by.me, by.reach);
  const titles = wanted.rows.flatMap(row => textOf(row.name) ?? []);
  const there = await store.tasksOf(world, fence, [...wanted.customerKeys.keys()], titles);
  const foreign = await imported.byForeignId(world, 'tasks', fence, wanted.foreignIds);
  return [
    ...there.map(({ customerId, title, due, ...one }) => ({
      ...one,
      key: keyOf(wanted.customerKeys.get(customerId ?? '') ?? '', title, due ?? ''),
    })),
    ...foreign.map(one => ({ ...one, key: '' })),
  ];
}

/** Tasks, for imports. */
export const importedTasks: imported.ImportedObject = {
  target,
  placed: 'perhaps',
  async open(_world, asked) {
    return {
      faults: values => {
        const status = textOf(values.status);
        return status && !named(states, status) ? [{ field: 'status', code: 'choice' }] : [];
      },
      keyOf: (values, customerKey) =>
        keyOf(customerKey, textOf(values.name) ?? '', textOf(values.dueAt) ?? ''),
      met,
      add: (tx, input, by) => add(tx, asked, input, by),
      async overwrite(tx, { changes, importId, dry }, by) {
        const related = await relatedTo(
          tx,
          asked,
          changes.map(one => one.row),
          by,
        );
        const at = moment(tx);
        const done = await store.doneAmong(
          tx,
          changes.map(one => one.id),
        );
        return imported.overwrite(
          tx,
          target,
          {
            importId,
            dry,
            changes: changes.map(({ id, row, namesOwner }) => ({
              id,
              own: row.own,
              columns: {
                ...lasting(columnsOf(asked, row, related, at), done.has(id) && !row.values.doneAt),
                ...(namesOwner ? { owner_id: row.owner.id, team_id: row.owner.teamId } : {}),
              },
              owner: row.owner,
            })),
          },
          by,
        );
      },
    };
  },
};
