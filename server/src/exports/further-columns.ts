// What an export holds of leads, products, quotes and orders, tasks.
import type { Lead } from '../leads/leads.ts';
import type { Order } from '../orders/orders.ts';
import type { Product } from '../products/products.ts';
import type { Task } from '../tasks/tasks.ts';
import { columnsOf, owner, time, times } from './columns.ts';
import { majorUnits, type Words } from './values.ts';

const both = (en: string, zh: string): Words => ({ en, 'zh-CN': zh });

const leadStatuses: Record<Lead['status'], Words> = {
  new: both('New', '新线索'),
  contacted: both('Contacted', '已联系'),
  qualified: both('Qualified', '已确认'),
  unqualified: both('Unqualified', '无效'),
  converted: both('Converted', '已转化'),
};

const named = (id: string | null, name: string | null) => (id ? { id, name } : null);

export const leadColumns = columnsOf<Lead>([
  { field: 'name', heading: ['Name', '姓名'], cell: row => row.name },
  { field: 'company', heading: ['Company', '公司名称'], cell: row => row.company },
  { field: 'title', heading: ['Title', '职务'], cell: row => row.title },
  { field: 'phone', heading: ['Phone', '电话'], cell: row => row.phone },
  { field: 'email', heading: ['Email', '邮箱'], cell: row => row.email },
  { field: 'wechat', heading: ['WeChat', '微信'], cell: row => row.wechat },
  {
    field: 'status',
    heading: ['Status', '线索状态'],
    cell: (row, as) => leadStatuses[row.status][as.language],
    value: row => row.status,
  },
  { field: 'source', heading: ['Source', '线索来源'], cell: row => row.source },
  { field: 'city', heading: ['City', '城市'], cell: row => row.city },
  { field: 'address', heading: ['Address', '详细地址'], cell: row => row.address },
  {
    field: 'tags',
    heading: ['Tags', '标签'],
    cell: (row, as) => row.tags.join(as.language === 'en' ? '; ' : '、'),
    value: row => row.tags,
  },
  { field: 'remark', heading: ['Remark', '备注'], cell: row => row.remark },
  owner<Lead>(),
  {
    field: 'customer',
    heading: ['Became customer', '转化客户'],
    cell: row => row.customer_name,
    value: row => named(row.customer_id, row.customer_name),
  },
  time<Lead>('nextFollowUpAt', ['Next follow-up', '下次跟进时间'], row => row.next_follow_up_at),
  time<Lead>('convertedAt', ['Converted at', '转化时间'], row => row.converted_at),
  ...times<Lead>(),
  { field: 'id', heading: ['Id', '线索编号'], cell: row => row.id },
]);

export const productColumns = columnsOf<Product>([
  { field: 'code', heading: ['Product code', '产品编码'], cell: row => row.code },
  { field: 'name', heading: ['Product name', '产品名称'], cell: row => row.name },
  { field: 'unit', heading: ['Unit', '单位'], cell: row => row.unit },
  { field: 'category', heading: ['Category', '产品分类'], cell: row => row.category },
  {
    field: 'price',
    heading: ['Price', '标准价'],
    type: 'number',
    cell: row => majorUnits(row.price, row.currency),
    value: row => Number(majorUnits(row.price, row.currency)),
  },
  { field: 'currency', heading: ['Currency', '币种'], cell: row => row.currency },
  {
    field: 'taxRate',
    heading: ['Tax rate (%)', '税率（%）'],
    type: 'number',
    cell: row => String(row.tax_rate / 100),
    value: row => row.tax_rate / 100,
  },
  { field: 'description', heading: ['Description', '说明'], cell: row => row.description },
  {
    field: 'active',
    heading: ['On sale', '在售'],
    cell: (row, as) => (as.language === 'en' ? (row.active ? 'yes' : 'no') : row.active ? '是' : '否'),
    value: row => row.active,
  },
  ...times<Product>(),
  { field: 'id', heading: ['Id', '编号'], cell: row => row.id },
]);

const money = (field: 'net' | 'tax' | 'total' | 'paid', heading: [string, string]) => ({
  field,
  heading,
  type: 'number' as const,
  cell: (row: Order) => majorUnits(row[field], row.currency),
  value: (row: Order) => Number(majorUnits(row[field], row.currency)),
});

export const orderColumns = columnsOf<Order>([
  { field: 'number', heading: ['Number', '单号'], cell: row => row.number },
  {
    field: 'kind',
    heading: ['Kind', '类型'],
    cell: (row, as) => (row.kind === 'quote' ? both('Quote', '报价单') : both('Order', '订单'))[as.language],
    value: row => row.kind,
  },
  { field: 'title', heading: ['Title', '标题'], cell: row => row.title },
  { field: 'status', heading: ['Status', '状态'], cell: row => row.status },
  {
    field: 'customer',
    heading: ['Customer name', '客户名称'],
    cell: row => row.customer_name,
    value: row => named(row.customer_id, row.customer_name),
  },
  {
    field: 'contact',
    heading: ['Contact', '联系人'],
    cell: row => row.contact_name,
    value: row => named(row.contact_id, row.contact_name),
  },
  {
    field: 'deal',
    heading: ['Deal', '商机'],
    cell: row => row.deal_title,
    value: row => named(row.deal_id, row.deal_title),
  },
  { field: 'issuedOn', heading: ['Issued on', '开单日期'], type: 'day', cell: row => row.issued_on },
  { field: 'validUntil', heading: ['Valid until', '有效期至'], type: 'day', cell: row => row.valid_until },
  { field: 'deliveryOn', heading: ['Delivery on', '交付日期'], type: 'day', cell: row => row.delivery_on },
  { field: 'currency', heading: ['Currency', '币种'], cell: row => row.currency },
  money('net', ['Net', '未税金额']),
  money('tax', ['Tax', '税额']),
  money('total', ['Total', '含税金额']),
  money('paid', ['Paid', '已收金额']),
  {
    field: 'lines',
    heading: ['Lines', '明细'],
    cell: row => row.lines.map(line => `${line.name} × ${line.quantity}`).join('; '),
    value: row => row.lines,
  },
  {
    field: 'instalments',
    heading: ['Payments due', '应收计划'],
    cell: row =>
      row.instalments.map(one => `${one.due_on} ${majorUnits(one.amount, row.currency)}`).join('; '),
    value: row => row.instalments,
  },
  {
    field: 'payments',
    heading: ['Payments', '收款记录'],
    cell: row =>
      row.payments
        .filter(one => !one.reversed_at)
        .map(one => `${one.received_on} ${majorUnits(one.amount, row.currency)}`)
        .join('; '),
    value: row => row.payments,
  },
  { field: 'terms', heading: ['Terms', '条款'], cell: row => row.terms },
  { field: 'remark', heading: ['Remark', '备注'], cell: row => row.remark },
  owner<Order>(),
  ...times<Order>(),
  { field: 'id', heading: ['Id', '编号'], cell: row => row.id },
  { field: 'customer', heading: ['Customer id', '客户编号'], cell: row => row.customer_id },
]);

export const taskColumns = columnsOf<Task>([
  { field: 'title', heading: ['Task', '任务'], cell: row => row.title },
  { field: 'note', heading: ['Note', '说明'], cell: row => row.note },
  { field: 'kind', heading: ['Kind', '类型'], cell: row => row.kind },
  { field: 'priority', heading: ['Priority', '优先级'], cell: row => row.priority },
  { field: 'dueOn', heading: ['Due on', '截止日期'], type: 'day', cell: row => row.due_on },
  time<Task>('dueAt', ['Due at', '截止时间'], row => row.due_at),
  time<Task>('doneAt', ['Done at', '完成时间'], row => row.done_at),
  {
    field: 'about',
    heading: ['About', '关联'],
    cell: row => row.about_name,
    value: row => (row.about_id ? { type: row.about_type, id: row.about_id, name: row.about_name } : null),
  },
  {
    field: 'customer',
    heading: ['Customer name', '客户名称'],
    cell: row => row.customer_name,
    value: row => named(row.customer_id, row.customer_name),
  },
  owner<Task>(),
  ...times<Task>(),
  { field: 'id', heading: ['Id', '编号'], cell: row => row.id },
]);
