// Leads as imports write them: what other systems call their states and why they came to nothing.
import { fenceOf } from '../db/fence.ts';
import type { LeadStatus } from '../db/leads-tables.ts';
import { folded, phoneDigits } from '../folding.ts';
import * as imported from '../records/imported.ts';
import type { By } from '../records/records.ts';
import type { World } from '../world.ts';
import * as store from './imported-store.ts';
import { addMany } from './many.ts';
import * as rules from './rules.ts';
import type { LeadFields } from './store.ts';

const told = rules.columnOf;

const target: imported.Target = {
  object: 'lead',
  table: 'leads',
  name: 'name',
  told,
  columns: [
    ...Object.values(told),
    'name_sort',
    'company_key',
    'phone_digits',
    'owner_id',
    'team_id',
    'foreign_id',
    'custom',
    'custom_sort',
  ],
  keys: 'lead_keys',
  inUse: store.inUse,
  keysOf: (world, row) => rules.keysOf(world.workspaceId, row as LeadFields),
};

const keyOf = (word: string) => folded(word).replace(/[-_/]/g, '');

/** What other systems call the states; what has become a customer there is qualified here. */
const states: [status: LeadStatus, names: string][] = [
  [
    'new',
    'new|open|opennotcontacted|newlead|todo|未处理|新线索|待跟进|未跟进|未联系|待分配|未分配|新增|新建',
  ],
  [
    'contacted',
    'contacted|working|workingcontacted|attemptedtocontact|attemptingtocontact|connected|inprogress|inprocess|assigned|opendeal|badtiming|nurturing|跟进中|已联系|已跟进|沟通中|已分配',
  ],
  [
    'qualified',
    'qualified|salesqualifiedlead|sql|mql|proposition|hot|有效|有效线索|合格|已确认|意向明确|有意向',
  ],
  ['qualified', 'converted|closedconverted|won|已转化|已转换|已转客户|转为客户|已成交'],
  [
    'unqualified',
    'unqualified|dead|junk|junklead|recycled|closednotconverted|lost|lostlead|notinterested|无效|无效线索|不合格|已关闭|关闭|无意向|已放弃',
  ],
];
const became = states[3]?.[1].split('|') ?? [];

const reasons: [code: string, names: string][] = [
  ['no-need', 'noneed|notinterested|没有需求|无需求|不感兴趣'],
  ['no-budget', 'nobudget|budget|tooexpensive|price|没有预算|预算不足|价格过高'],
  ['no-reply', 'noreply|noresponse|unreachable|联系不上|无法联系|失联|未回复|空号'],
  ['wrong-person', 'wrongperson|wrongcontact|notadecisionmaker|联系人有误|找错人|非决策人'],
  ['competitor', 'competitor|竞争对手|竞品|已选竞品|同行'],
  ['not-serious', 'notserious|spam|junk|test|垃圾信息|骚扰|测试'],
];

const textOf = (value: imported.Value | undefined) =>
  typeof value === 'string' && value !== '' ? value : undefined;

const statusIn = (word: string): LeadStatus | undefined =>
  states.find(([, names]) => names.split('|').includes(keyOf(word)))?.[0];

type Patch = Omit<rules.LeadPatch, 'ownerId' | 'custom'>;

/** The fields that a row gives a lead. */
function patchOf(values: imported.Values): Patch {
  const given: Record<string, unknown> = {};
  for (const field of ['name', 'company', 'title', 'phone', 'email', 'wechat', 'source', 'city'] as const)
    if (textOf(values[field])) given[field] = textOf(values[field]);
  for (const field of ['address', 'remark', 'nextFollowUpAt'] as const)
    if (textOf(values[field])) given[field] = textOf(values[field]);
  if (Array.isArray(values.tags)) given.tags = values.tags;
  if (textOf(values.score)) given.score = Number(values.score);
  const word = textOf(values.status);
  const status = word && statusIn(word);
  if (!status) return given as Patch;
  given.status = status;
  if (word && became.includes(keyOf(word)))
    given.remark = [given.remark, word].filter(Boolean).join('\n').slice(0, 5_000);
  if (status !== 'unqualified') return given as Patch;
  const why = textOf(values.unqualifiedReason);
  const code = reasons.find(([, names]) => names.split('|').includes(keyOf(why ?? '')))?.[0];
  return {
    ...given,
    unqualifiedReason: code ?? 'other',
    unqualifiedRemark: code ? null : (why ?? null),
  } as Patch;
}

/** What makes two rows one person: the address, else the telephone or the company together with the name. */
function keyIn(lead: {
  name?: string | undefined;
  company?: string | null | undefined;
  phone?: string | null | undefined;
  email?: string | null | undefined;
}): string | null {
  const name = folded(lead.name ?? '');
  if (lead.email) return `by ${lead.email}`;
  const digits = phoneDigits(lead.phone);
  if (digits) return `by ${digits} ${name}`;
  const company = rules.companyKey(lead.company);
  return company ? `at ${company} ${name}` : null;
}

const asRow = (row: imported.PlacedRow) => ({
  fields: { ...patchOf(row.values), name: textOf(row.values.name) ?? '' } as Omit<rules.NewLead, 'ownerId'>,
  owner: row.owner,
  createdAt: textOf(row.values.createdAt),
  foreignId: textOf(row.values.foreignId),
  own: row.own,
});

async function met(world: World, wanted: { foreignIds: string[]; rows: imported.Values[] }, by: By) {
  const fence = fenceOf(by.me, by.reach);
  const texts = (field: string) => wanted.rows.flatMap(row => textOf(row[field]) ?? []);
  const there = await store.leadsLike(world, fence, {
    emails: texts('email'),
    digits: texts('phone').flatMap(phone => phoneDigits(phone) ?? []),
    companies: texts('company').flatMap(company => rules.companyKey(company) ?? []),
  });
  const foreign = await imported.byForeignId(world, 'leads', fence, wanted.foreignIds);
  const converted = new Set(
    await store.convertedOf(
      world,
      [...there, ...foreign].map(one => one.id),
    ),
  );
  const objection = () => ({ field: 'name', code: 'converted' }) as const;
  const known = [
    ...there.flatMap(({ id, withinReach, foreignId, ...lead }) =>
      // Each way by which a row may name it.
      [lead, { ...lead, email: null }, { ...lead, email: null, phone: null }].flatMap(one => {
        const key = keyIn(one);
        return key ? [{ id, key, foreignId, withinReach }] : [];
      }),
    ),
    ...foreign.map(one => ({ ...one, key: '' })),
  ];
  return known.map(one => (converted.has(one.id) ? { ...one, objection } : one));
}

/** Leads, for imports. */
export const importedLeads: imported.ImportedObject = {
  target,
  placed: 'never',
  async open() {
    return {
      faults: values => {
        const status = textOf(values.status);
        return status && !statusIn(status) ? [{ field: 'status', code: 'choice' }] : [];
      },
      keyOf: values =>
        keyIn({
          name: textOf(values.name),
          company: textOf(values.company),
          phone: textOf(values.phone),
          email: textOf(values.email),
        }),
      met,
      add: (tx, { rows, importId }, by) =>
        addMany(tx, { rows: rows.map(asRow), owner: rows[0]?.owner ?? nobody, importId }, by),
      overwrite: (tx, { changes, importId, dry }, by) =>
        imported.overwrite(
          tx,
          target,
          {
            importId,
            dry,
            changes: changes.map(({ id, row, namesOwner }) => ({
              id,
              own: row.own,
              columns: {
                ...rules.columnsIn(patchOf(row.values)),
                ...(textOf(row.values.foreignId) ? { foreign_id: row.values.foreignId } : {}),
                ...reasonless(row.values),
                ...(namesOwner ? { owner_id: row.owner.id, team_id: row.owner.teamId } : {}),
              },
              owner: row.owner,
            })),
          },
          by,
        ),
    };
  },
};

const nobody = { id: null, name: null, teamId: null };

/** A state other than unqualified has no reason. */
function reasonless(values: imported.Values) {
  const status = textOf(values.status) && statusIn(String(values.status));
  return status && status !== 'unqualified' ? { unqualified_reason: null, unqualified_remark: null } : {};
}
