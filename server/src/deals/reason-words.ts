// The reasons for winning and losing that come with the product, and what they are called in files. Pure.
import type { Language } from '../problems.ts';

export type Outcome = 'won' | 'lost';

const both = (en: string, zh: string): Record<Language, string> => ({ en, 'zh-CN': zh });

/** In the order in which they are offered. */
export const shipped: Record<Outcome, Record<string, Record<Language, string>>> = {
  won: {
    product: both('Product', '产品优势'),
    price: both('Price', '价格'),
    service: both('Service', '服务'),
    relationship: both('Relationship', '客户关系'),
    brand: both('Brand', '品牌口碑'),
    delivery: both('Delivery', '交付能力'),
    other: both('Other', '其他'),
  },
  lost: {
    price: both('Price', '价格'),
    competitor: both('Competitor', '竞争对手'),
    'no-budget': both('No budget', '没有预算'),
    'no-need': both('No need', '没有需求'),
    timing: both('Timing', '时机不对'),
    'no-reply': both('No reply', '未回复'),
    other: both('Other', '其他'),
  },
};
