// Why something cannot be done to a quote or an order now, in both languages.
import type { Language } from '../problems.ts';
import type { Objection } from './rules.ts';

type Told = Record<Language, string>;

export const objectionWords: Record<Objection, Told> = {
  'no-way': {
    en: 'it does not lead there from where it stands',
    'zh-CN': '不能从现在的状态直接变更到该状态',
  },
  'no-lines': { en: 'it has no lines yet', 'zh-CN': '尚未添加明细' },
  'has-order': { en: 'an order was made of this quote', 'zh-CN': '该报价单已生成订单' },
  'has-payments': {
    en: 'payments have been received; take them back first',
    'zh-CN': '已有收款记录，请先撤销收款',
  },
  'plan-exceeds': {
    en: 'the instalments come to more than the order',
    'zh-CN': '收款计划的总额超过了订单金额',
  },
  'paid-exceeds': { en: 'more has been paid than it comes to', 'zh-CN': '已收金额超过了订单金额' },
};

export const stateWords = {
  frozen: {
    en: 'it is no draft; re-open it to change customer, currency or lines',
    'zh-CN': '单据已不是草稿；如需修改客户、币种或明细，请先退回草稿',
  },
  'not-payable': {
    en: 'only an order that is not cancelled is paid',
    'zh-CN': '只有未取消的订单可以登记收款',
  },
  'reversed-already': { en: 'this payment was taken back already', 'zh-CN': '该笔收款已撤销' },
  'not-ready': { en: 'the quote has not been sent yet', 'zh-CN': '报价单尚未发送给客户' },
  'made-already': { en: 'there is an order already: {number}', 'zh-CN': '已生成订单 {number}' },
} satisfies Record<string, Told>;
