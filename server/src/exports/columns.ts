// What an export holds of each record: headings and values in the reader's language, recognised again by an import.
import type { Activity } from '../activities/activities.ts';
import type { Contact } from '../contacts/contacts.ts';
import type { Customer } from '../customers/customers.ts';
import type { Deal } from '../deals/deals.ts';
import type { CellType } from '../formats/spreadsheet-writing.ts';
import type { Language } from '../problems.ts';
import { kinds, local, majorUnits, type Style, stages, type Words } from './values.ts';

/** One column; `row` is of the object that the column belongs to. */
export type Column = {
  /** As the API and field rules call it. */
  field: string;
  heading: Words;
  type: CellType;
  cell: (row: unknown, as: Style) => string | null;
  /** For JSON lines. */
  value: (row: unknown) => unknown;
};

export type Typed<Row> = {
  field: string;
  heading: [en: string, zh: string];
  type?: CellType;
  cell: (row: Row, as: Style) => string | null;
  value?: (row: Row) => unknown;
};

export function columnsOf<Row>(list: Typed<Row>[]): Column[] {
  return list.map(({ field, heading: [en, zh], type = 'text', cell, value }) => ({
    field,
    heading: { en, 'zh-CN': zh },
    type,
    cell: (row, as) => cell(row as Row, as),
    value: row => (value ? value(row as Row) : cell(row as Row, { language: 'en', timeZone: 'UTC' })),
  }));
}

type Times = { created_at: string; updated_at: string };
export const time = <Row>(
  field: string,
  heading: [string, string],
  of: (row: Row) => string | null,
): Typed<Row> => ({
  field,
  heading,
  type: 'time',
  cell: (row, as) => local(of(row), as),
  value: of,
});
export const times = <Row extends Times>(): Typed<Row>[] => [
  time<Row>('createdAt', ['Created at', '创建时间'], row => row.created_at),
  time<Row>('updatedAt', ['Updated at', '更新时间'], row => row.updated_at),
];
export const owner = <Row extends { owner_id: string | null; owner_name: string | null }>(): Typed<Row> => ({
  field: 'owner',
  heading: ['Owner', '负责人'],
  cell: row => row.owner_name,
  value: row => (row.owner_id ? { id: row.owner_id, name: row.owner_name } : null),
});

export const customerColumns = columnsOf<Customer>([
  { field: 'name', heading: ['Customer name', '客户名称'], cell: row => row.name },
  { field: 'phone', heading: ['Phone', '电话'], cell: row => row.phone },
  { field: 'email', heading: ['Email', '邮箱'], cell: row => row.email },
  { field: 'website', heading: ['Website', '网址'], cell: row => row.website },
  { field: 'industry', heading: ['Industry', '所属行业'], cell: row => row.industry },
  { field: 'source', heading: ['Source', '客户来源'], cell: row => row.source },
  { field: 'level', heading: ['Level', '客户级别'], cell: row => row.level },
  {
    field: 'stage',
    heading: ['Stage', '客户阶段'],
    cell: (row, as) => stages[row.stage][as.language],
    value: row => row.stage,
  },
  { field: 'city', heading: ['City', '城市'], cell: row => row.city },
  { field: 'address', heading: ['Address', '详细地址'], cell: row => row.address },
  {
    field: 'tags',
    heading: ['Tags', '标签'],
    cell: (row, as) => row.tags.join(as.language === 'en' ? '; ' : '、'),
    value: row => row.tags,
  },
  { field: 'remark', heading: ['Remark', '备注'], cell: row => row.remark },
  owner<Customer>(),
  time<Customer>('nextFollowUpAt', ['Next follow-up', '下次跟进时间'], row => row.next_follow_up_at),
  time<Customer>('lastActivityAt', ['Last activity', '最近跟进时间'], row => row.last_activity_at),
  ...times<Customer>(),
  { field: 'id', heading: ['Id', '编号'], cell: row => row.id },
]);

export const contactColumns = columnsOf<Contact>([
  { field: 'name', heading: ['Contact name', '联系人姓名'], cell: row => row.name },
  {
    field: 'customer',
    heading: ['Customer name', '客户名称'],
    cell: row => row.customer_name,
    value: row => (row.customer_id ? { id: row.customer_id, name: row.customer_name } : null),
  },
  { field: 'title', heading: ['Title', '职务'], cell: row => row.title },
  { field: 'phone', heading: ['Mobile', '手机'], cell: row => row.phone },
  { field: 'email', heading: ['Email', '邮箱'], cell: row => row.email },
  { field: 'wechat', heading: ['WeChat', '微信'], cell: row => row.wechat },
  {
    field: 'isPrimary',
    heading: ['Primary contact', '主联系人'],
    cell: (row, as) =>
      as.language === 'en' ? (row.is_primary ? 'yes' : 'no') : row.is_primary ? '是' : '否',
    value: row => row.is_primary,
  },
  { field: 'remark', heading: ['Remark', '备注'], cell: row => row.remark },
  owner<Contact>(),
  ...times<Contact>(),
  { field: 'id', heading: ['Id', '编号'], cell: row => row.id },
  { field: 'customer', heading: ['Customer id', '客户编号'], cell: row => row.customer_id },
]);

export const dealColumns = columnsOf<Deal>([
  { field: 'title', heading: ['Deal name', '商机名称'], cell: row => row.title },
  {
    field: 'customer',
    heading: ['Customer name', '客户名称'],
    cell: row => row.customer_name,
    value: row => ({ id: row.customer_id, name: row.customer_name }),
  },
  {
    field: 'contact',
    heading: ['Contact', '联系人'],
    cell: row => row.contact_name,
    value: row => (row.contact_id ? { id: row.contact_id, name: row.contact_name } : null),
  },
  {
    field: 'amount',
    heading: ['Amount', '商机金额'],
    type: 'number',
    cell: row => majorUnits(row.amount, row.currency),
    value: row => Number(majorUnits(row.amount, row.currency)),
  },
  { field: 'currency', heading: ['Currency', '币种'], cell: row => row.currency },
  { field: 'stage', heading: ['Stage', '商机阶段'], cell: row => row.stage_name },
  {
    field: 'probability',
    heading: ['Probability', '赢率'],
    type: 'number',
    cell: row => String(row.probability ?? row.stage_probability),
    value: row => row.probability ?? row.stage_probability,
  },
  {
    field: 'expectedOn',
    heading: ['Expected close', '预计成交日期'],
    type: 'day',
    cell: row => row.expected_on,
  },
  { field: 'source', heading: ['Source', '商机来源'], cell: row => row.source },
  { field: 'nextStep', heading: ['Next step', '下一步'], cell: row => row.next_step },
  {
    field: 'lostReason',
    heading: ['Lost reason', '输单原因'],
    cell: row => row.lost_reason,
  },
  { field: 'lostRemark', heading: ['Lost remark', '输单说明'], cell: row => row.lost_remark },
  {
    field: 'wonReason',
    heading: ['Won reason', '赢单原因'],
    cell: row => row.won_reason,
  },
  owner<Deal>(),
  time<Deal>('stageSince', ['At stage since', '进入阶段时间'], row => row.stage_since),
  ...times<Deal>(),
  { field: 'id', heading: ['Id', '商机编号'], cell: row => row.id },
  { field: 'customer', heading: ['Customer id', '客户编号'], cell: row => row.customer_id },
]);

export const activityColumns = columnsOf<Activity>([
  time<Activity>('at', ['Date', '跟进时间'], row => row.at),
  {
    field: 'kind',
    heading: ['Kind', '跟进方式'],
    cell: (row, as) => kinds[row.kind][as.language],
    value: row => row.kind,
  },
  {
    field: 'customer',
    heading: ['Customer name', '客户名称'],
    cell: row => row.customer_name,
    value: row => (row.customer_id ? { id: row.customer_id, name: row.customer_name } : null),
  },
  {
    field: 'contact',
    heading: ['Contact', '联系人'],
    cell: row => row.contact_name,
    value: row => (row.contact_id ? { id: row.contact_id, name: row.contact_name } : null),
  },
  { field: 'body', heading: ['Body', '跟进内容'], cell: row => row.body },
  {
    field: 'author',
    heading: ['Author', '跟进人'],
    cell: row => row.author_name,
    value: row => (row.author_id ? { id: row.author_id, name: row.author_name } : null),
  },
  { field: 'nextStep', heading: ['Next step', '下一步'], cell: row => row.next_step },
  time<Activity>('nextAt', ['Next at', '下次跟进时间'], row => row.next_at),
  ...times<Activity>(),
  { field: 'id', heading: ['Id', '编号'], cell: row => row.id },
  { field: 'customer', heading: ['Customer id', '客户编号'], cell: row => row.customer_id },
]);

export type { Style } from './values.ts';
export type Heading = Record<Language, string>;
