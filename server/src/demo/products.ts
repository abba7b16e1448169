// What the demo's trading company sells: each trade's wares for customers at home and abroad, with price lists.

import type { Me } from '../http.ts';
import * as products from '../products/products.ts';
import { iso, type World } from '../world.ts';
import type { Seeded } from './seed.ts';
import { trades } from './trades.ts';

export type Ware = {
  id: string;
  code: string;
  name: string;
  unit: string;
  price: number;
  taxRate: number;
  trade: string;
  tongue: 'zh' | 'en';
};

type Priced = readonly (readonly [unit: string, price: number])[];

/** Unit and price in the smallest coin of each trade's wares, in the order of `trades`. */
const prices: Record<string, Record<'zh' | 'en', Priced>> = {
  home: {
    zh: [
      ['件', 8900],
      ['套', 16_800],
      ['件', 4500],
    ],
    en: [
      ['pc', 1450],
      ['set', 2700],
      ['pc', 1800],
    ],
  },
  tools: {
    zh: [
      ['件', 360],
      ['套', 12_800],
      ['箱', 26_000],
    ],
    en: [
      ['pc', 62],
      ['set', 2100],
      ['box', 4200],
    ],
  },
  textile: {
    zh: [
      ['套', 23_800],
      ['米', 3600],
      ['条', 7600],
    ],
    en: [
      ['set', 3900],
      ['m', 580],
      ['pc', 1250],
    ],
  },
  tech: {
    zh: [
      ['件', 5800],
      ['件', 18_600],
      ['台', 13_900],
    ],
    en: [
      ['pc', 940],
      ['pc', 3100],
      ['pc', 2250],
    ],
  },
  foods: {
    zh: [
      ['公斤', 15_600],
      ['公斤', 9800],
      ['盒', 12_800],
    ],
    en: [
      ['kg', 2500],
      ['kg', 1600],
      ['box', 2100],
    ],
  },
  build: {
    zh: [
      ['平方米', 32_000],
      ['平方米', 56_000],
      ['套', 46_800],
    ],
    en: [
      ['m²', 5200],
      ['pc', 8800],
      ['set', 7600],
    ],
  },
  outdoor: {
    zh: [
      ['把', 7900],
      ['顶', 29_800],
      ['支', 5600],
    ],
    en: [
      ['pc', 1280],
      ['pc', 4800],
      ['pc', 920],
    ],
  },
  toys: {
    zh: [
      ['套', 6800],
      ['件', 3200],
      ['辆', 39_900],
    ],
    en: [
      ['set', 1120],
      ['pc', 540],
      ['pc', 6500],
    ],
  },
  trade: {
    zh: [
      ['托', 260_000],
      ['立方米', 42_000],
      ['个', 480],
    ],
    en: [
      ['pallet', 42_000],
      ['m³', 6600],
      ['pc', 78],
    ],
  },
};

/** Writes products and price lists; `then` is the world on the day the company opened. */
export async function fillProducts(then: World, dice: Seeded, me: Me): Promise<Ware[]> {
  const by = { me, reach: 'all' as const, visitor: null };
  const wares: Ware[] = [];
  for (const trade of trades)
    for (const tongue of ['zh', 'en'] as const)
      for (const [i, plain] of trade.products[tongue].entries()) {
        const home = tongue === 'zh';
        const [unit, price] = prices[trade.slug]?.[tongue][i] ?? ['', 0];
        const ware = {
          code: `${trade.slug.toUpperCase()}-${home ? 1 : 2}0${i + 1}`,
          name: home ? plain : `${plain[0]?.toUpperCase()}${plain.slice(1)}`,
          unit,
          price,
          taxRate: home ? 1300 : 0,
        };
        const currency = home ? 'CNY' : 'USD';
        const active = !dice.chance(0.04);
        const input = { ...ware, currency, category: trade.industry, active };
        const added = await products.add(then, input, by);
        if (added.kind !== 'added') throw new Error(`the demo's product ${ware.code}: ${added.kind}`);
        wares.push({ ...ware, id: added.product.id, trade: trade.slug, tongue });
      }
  const off = (ware: Ware, percent: number) => Math.round((ware.price * (100 - percent)) / 100);
  const year = iso(then.now()).slice(0, 4);
  const lists: [string, 'zh' | 'en', string | null, [string, number][]][] = [
    ['A级客户协议价', 'zh', 'A', [['1', 8]]],
    [
      '批发阶梯价',
      'zh',
      null,
      [
        ['100', 3],
        ['500', 6],
      ],
    ],
    ['Export, volume prices', 'en', null, [['200', 5]]],
  ];
  for (const [name, tongue, customerLevel, steps] of lists) {
    const items = wares
      .filter(ware => ware.tongue === tongue)
      .flatMap(ware =>
        steps.map(([fromQuantity, percent]) => ({
          productId: ware.id,
          fromQuantity,
          unitPrice: off(ware, percent),
        })),
      );
    const list = {
      name,
      currency: tongue === 'zh' ? 'CNY' : 'USD',
      validFrom: `${year}-01-01`,
      validTo: null,
      customerLevel,
      active: true,
      items,
    };
    await products.priceLists.save(then, { id: null, list, version: null }, by);
  }
  return wares;
}
