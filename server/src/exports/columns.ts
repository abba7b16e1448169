// The lines of an export: headings and values in the reader's language, recognised again by an import.
import type { Contact } from '../contacts/contacts.ts';
import type { Customer } from '../customers/customers.ts';
import type { CustomerStage } from '../db/tables.ts';
import { type Hand, hiddenFields, type ObjectType } from '../permissions.ts';
import type { Language } from '../problems.ts';

export type Cells<Row> = {
  heading: Record<Language, string>;
  /** The field it tells, where a policy may hide it. */
  field?: string;
  cell: (row: Row, as: Style) => string | null;
}[];
export type Style = { language: Language; timeZone: string };

const both = (en: string, zh: string) => ({ en, 'zh-CN': zh });

const stages: Record<CustomerStage, Record<Language, string>> = {
  new: both('New', '新客户'),
  contacted: both('Contacted', '已联系'),
  interested: both('Interested', '有意向'),
  negotiating: both('Negotiating', '洽谈中'),
  won: both('Won', '已成交'),
  lost: both('Lost', '已流失'),
};

export const customerCells: Cells<Customer> = [
  { heading: both('Customer name', '客户名称'), cell: row => row.name },
  { heading: both('Phone', '电话'), field: 'phone', cell: row => row.phone },
  { heading: both('Email', '邮箱'), field: 'email', cell: row => row.email },
  { heading: both('Website', '网址'), field: 'website', cell: row => row.website },
  { heading: both('Industry', '所属行业'), field: 'industry', cell: row => row.industry },
  { heading: both('Source', '客户来源'), field: 'source', cell: row => row.source },
  { heading: both('Level', '客户级别'), field: 'level', cell: row => row.level },
  { heading: both('Stage', '客户阶段'), cell: (row, as) => stages[row.stage][as.language] },
  { heading: both('City', '城市'), field: 'city', cell: row => row.city },
  { heading: both('Address', '详细地址'), field: 'address', cell: row => row.address },
  {
    heading: both('Tags', '标签'),
    field: 'tags',
    cell: (row, as) => row.tags.join(as.language === 'en' ? '; ' : '、'),
  },
  { heading: both('Remark', '备注'), field: 'remark', cell: row => row.remark },
  { heading: both('Owner', '负责人'), cell: row => row.owner_name },
  {
    heading: both('Next follow-up', '下次跟进时间'),
    field: 'nextFollowUpAt',
    cell: (row, as) => local(row.next_follow_up_at, as),
  },
  {
    heading: both('Last activity', '最近跟进时间'),
    field: 'lastActivityAt',
    cell: (row, as) => local(row.last_activity_at, as),
  },
  { heading: both('Created at', '创建时间'), cell: (row, as) => local(row.created_at, as) },
  { heading: both('Updated at', '更新时间'), cell: (row, as) => local(row.updated_at, as) },
  { heading: both('Id', '编号'), cell: row => row.id },
];

export const contactCells: Cells<Contact> = [
  { heading: both('Contact name', '联系人姓名'), cell: row => row.name },
  { heading: both('Customer name', '客户名称'), cell: row => row.customer_name },
  { heading: both('Title', '职务'), field: 'title', cell: row => row.title },
  { heading: both('Mobile', '手机'), field: 'phone', cell: row => row.phone },
  { heading: both('Email', '邮箱'), field: 'email', cell: row => row.email },
  { heading: both('WeChat', '微信'), field: 'wechat', cell: row => row.wechat },
  {
    heading: both('Primary contact', '主联系人'),
    cell: (row, as) =>
      as.language === 'en' ? (row.is_primary ? 'yes' : 'no') : row.is_primary ? '是' : '否',
  },
  { heading: both('Remark', '备注'), field: 'remark', cell: row => row.remark },
  { heading: both('Owner', '负责人'), cell: row => row.owner_name },
  { heading: both('Created at', '创建时间'), cell: (row, as) => local(row.created_at, as) },
  { heading: both('Updated at', '更新时间'), cell: (row, as) => local(row.updated_at, as) },
  { heading: both('Id', '编号'), cell: row => row.id },
  { heading: both('Customer id', '客户编号'), cell: row => row.customer_id },
];

/** The cells that this person may see. */
export function seenBy<Row>(me: Hand, object: ObjectType, cells: Cells<Row>): Cells<Row> {
  const hidden = hiddenFields(me, object);
  return cells.filter(({ field }) => field === undefined || !hidden.includes(field));
}

/** Headings first, then a line for every record, as they are read. */
export async function* linesOf<Row>(
  cells: Cells<Row>,
  records: AsyncIterable<Row>,
  style: Style,
): AsyncGenerator<(string | null)[]> {
  yield cells.map(({ heading }) => heading[style.language]);
  for await (const record of records) yield cells.map(({ cell }) => cell(record, style));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `2024-05-06 13:04:05+08:00`: local for the reader, exact for whoever reads it back. */
function local(at: string | null, { timeZone }: Style): string | null {
  if (!at) return null;
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
    clocks.set(timeZone, clock);
  }
  return clock
    .format(new Date(at))
    .replace(/\s?GMT/, '')
    .replace('\u2212', '-');
}
