// The words of a printed quote or order. A document is in its reader's language, whichever the page around it is in.
import type { Kind } from './form.ts';

export type PrintLanguage = 'zh-CN' | 'en';

type Words = {
  title: Record<Kind, string>;
  number: string;
  to: string;
  contact: string;
  from: string;
  issuedOn: string;
  validUntil: string;
  deliveryOn: string;
  subject: string;
  place: string;
  item: string;
  quantity: string;
  unitPrice: string;
  discount: string;
  tax: string;
  amount: string;
  net: string;
  taxSum: string;
  total: string;
  taxIncluded: string;
  taxAdded: string;
  terms: string;
  plan: string;
  signOurs: string;
  signTheirs: string;
  colon: string;
};

export const printWords: Record<PrintLanguage, Words> = {
  'zh-CN': {
    title: { quote: '报价单', order: '订单' },
    number: '编号',
    to: '客户',
    contact: '联系人',
    from: '经办人',
    issuedOn: '日期',
    validUntil: '有效期至',
    deliveryOn: '交货日期',
    subject: '主题',
    place: '序号',
    item: '产品／服务',
    quantity: '数量',
    unitPrice: '单价',
    discount: '折扣',
    tax: '税率',
    amount: '金额',
    net: '不含税金额',
    taxSum: '税额',
    total: '合计',
    taxIncluded: '单价已含税',
    taxAdded: '单价不含税',
    terms: '条款',
    plan: '付款安排',
    signOurs: '供方（签章）',
    signTheirs: '需方（签章）',
    colon: '：',
  },
  en: {
    title: { quote: 'Quotation', order: 'Order' },
    number: 'No.',
    to: 'To',
    contact: 'Attention',
    from: 'Your contact',
    issuedOn: 'Date',
    validUntil: 'Valid until',
    deliveryOn: 'Delivery',
    subject: 'Subject',
    place: 'No.',
    item: 'Item',
    quantity: 'Quantity',
    unitPrice: 'Unit price',
    discount: 'Discount',
    tax: 'Tax',
    amount: 'Amount',
    net: 'Net',
    taxSum: 'Tax',
    total: 'Total',
    taxIncluded: 'Unit prices include tax',
    taxAdded: 'Unit prices do not include tax',
    terms: 'Terms',
    plan: 'Payments',
    signOurs: 'For the seller',
    signTheirs: 'For the buyer',
    colon: ': ',
  },
};
