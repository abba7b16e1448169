// Activities as imports write them: what other systems call their kinds, with their own authors and times.

import * as customersIn from '../customers/imported.ts';
import { fenceOf } from '../db/fence.ts';
import { folded } from '../folding.ts';
import * as imported from '../records/imported.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import { moment, type World } from '../world.ts';
import * as store from './imported-store.ts';
import { keysOf } from './rules.ts';

const told = { kind: 'kind', body: 'body', at: 'at', nextStep: 'next_step', nextAt: 'next_at' } as const;

const target: imported.Target = {
  object: 'activity',
  table: 'activities',
  name: 'body',
  told,
  keys: 'activity_keys',
  keysOf: (world, row) => keysOf(world.workspaceId, String(row.body ?? '')),
  columns: [...Object.values(told), 'contact_id', 'author_id', 'owner_id', 'foreign_id'],
};

const kinds: [kind: string, names: string][] = [
  ['call', 'call|phone|phonecall|phoneoutgoing|phoneincoming|calls|电话|去电|来电|电话沟通|电话跟进|通话'],
  ['visit', 'visit|onsite|拜访|上门|上门拜访|客户拜访|外勤|实地拜访'],
  ['meeting', 'meeting|meetings|event|demo|会议|面谈|见面|线上会议'],
  ['email', 'email|emails|mail|邮件|电子邮件|发邮件'],
  ['message', 'message|sms|chat|whatsapp|wechat|linkedin|微信|短信|qq|企业微信|微信沟通'],
  ['note', 'note|notes|task|todo|comment|备注|记录|跟进|跟进记录|其他|other'],
];

const textOf = (value: imported.Value | undefined) =>
  typeof value === 'string' && value !== '' ? value : null;

/** The kind that is meant; what we have no kind for is a note that begins with the word. */
function kindIn(text: string | null): { kind: string; word: string | null } {
  const key = folded(text ?? '').replace(/[-_]/g, '');
  const kind = kinds.find(([, names]) => names.split('|').includes(key))?.[0];
  return { kind: kind ?? 'note', word: kind || !text ? null : text };
}

type People = imported.Asked['personIn'];

function columnsOf(people: People, row: imported.PlacedRow): Record<string, unknown> {
  const { values } = row;
  const columns: Record<string, unknown> = {};
  const { kind, word } = kindIn(textOf(values.kind));
  const author = textOf(values.author);
  const person = author ? people(author) : null;
  // Somebody who was never a member here stays named in the text.
  const lines = [word && `${word}:`, textOf(values.body), author && !person && `— ${author}`].filter(Boolean);
  columns.body = lines.join('\n').slice(0, 10_000);
  if (textOf(values.kind)) columns.kind = kind;
  const at = textOf(values.at) ?? textOf(values.createdAt);
  if (at) columns.at = at;
  if (textOf(values.nextStep)) columns.next_step = textOf(values.nextStep)?.slice(0, 300);
  if (textOf(values.nextAt)) columns.next_at = textOf(values.nextAt);
  if (row.contact) columns.contact_id = row.contact.id;
  if (textOf(values.foreignId)) columns.foreign_id = textOf(values.foreignId);
  if (author) columns.author_id = person?.id ?? null;
  return columns;
}

async function add(
  world: World,
  people: People,
  input: { rows: imported.PlacedRow[]; importId: string },
  by: By,
): Promise<string[]> {
  const now = moment(world);
  const entries: Parameters<typeof imported.addRows>[3] = [];
  const rows = input.rows.flatMap(row => {
    if (!row.customer) return [];
    const columns = columnsOf(people, row);
    const activity: Record<string, unknown> & { id: string } = {
      kind: 'note',
      at: now,
      next_step: null,
      next_at: null,
      contact_id: null,
      foreign_id: null,
      author_id: by.me.id,
      ...columns,
      id: world.random.id(),
      customer_id: row.customer.id,
      owner_id: row.customer.ownerId,
      team_id: row.customer.teamId,
      import_id: input.importId,
      created_at: textOf(row.values.createdAt) ?? columns.at ?? now,
      created_by: by.me.id,
      updated_at: now,
      updated_by: by.me.id,
      version: 1,
    };
    const filled = Object.entries(told).flatMap(([field, column]) =>
      activity[column] === null ? [] : [[field, activity[column]]],
    );
    const after = {
      customer: { id: row.customer.id, name: row.customer.name },
      ...Object.fromEntries(filled),
      ...(row.contact ? { contact: row.contact } : {}),
    };
    const details = { import: input.importId };
    entries.push(records.entryOf(world, target, 'add', activity.id, by, { after, details }));
    return [activity];
  });
  await imported.addRows(world, target, rows, entries);
  return rows.map(row => row.id);
}

/** What makes two activities one: the customer, the moment, and how the text begins. */
const keyOf = (customerKey: string, at: string, body: string) =>
  `${customerKey} ${Date.parse(at)} ${folded(body.slice(0, 60)).slice(0, 40)}`;

/** Activities, for imports. */
export const importedActivities: imported.ImportedObject = {
  target,
  placed: 'always',
  async open(_world, { personIn }) {
    const bodyOf = (values: imported.Values) =>
      String(columnsOf(personIn, { values, ...nowhere }).body ?? '');
    return {
      faults: () => [],
      keyOf: (values, customerKey) => {
        const at = textOf(values.at) ?? textOf(values.createdAt);
        return at ? keyOf(customerKey, at, bodyOf(values)) : null;
      },
      async met(tx, wanted, by) {
        const fence = fenceOf(by.me, by.reach);
        const times = wanted.rows
          .map(row => textOf(row.at) ?? textOf(row.createdAt))
          .filter(at => at !== null);
        const there = await store.activitiesOf(tx, fence, [...wanted.customerKeys.keys()], times);
        const foreign = await imported.byForeignId(tx, 'activities', fence, wanted.foreignIds);
        return [
          ...there.map(({ id, customerId, at, body, foreignId, withinReach }) => ({
            id,
            key: keyOf(wanted.customerKeys.get(customerId) ?? '', at, body),
            foreignId,
            withinReach,
          })),
          ...foreign.map(one => ({ ...one, key: '' })),
        ];
      },
      add: (tx, input, by) => add(tx, personIn, input, by),
      overwrite: (tx, { changes, importId, dry }, by) =>
        imported.overwrite(
          tx,
          target,
          {
            importId,
            dry,
            changes: changes.map(({ id, row }) => ({ id, columns: columnsOf(personIn, row) })),
          },
          by,
        ),
    };
  },
  /** Customers keep when the last activity was. */
  async afterwards(world, ids) {
    await customersIn.lastActivities(world, await store.latestOf(world, ids));
  },
};

const nowhere = { owner: { id: '', name: '', teamId: null }, customer: null, contact: null };
