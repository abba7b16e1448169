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

const units = { zh: ['件', '套', '箱'], en: ['pc', 'set', 'carton'] } as const;
const bases = [1200, 2650, 3900, 5800, 8800, 12_500, 19_800, 28_000];

/** Writes products and price lists; `then` is the world on the day the company opened. */
export async function fillProducts(then: World, dice: Seeded, me: Me): Promise<Ware[]> {
  const by = { me, reach: 'all' as const, visitor: null };
  const wares: Ware[] = [];
  for (const trade of trades)
    for (const tongue of ['zh', 'en'] as const)
      for (const [i, plain] of trade.products[tongue].entries()) {
        const home = tongue === 'zh';
        const ware = {
          code: `${trade.slug.toUpperCase()}-${home ? 1 : 2}0${i + 1}`,
          name: home ? plain : `${plain[0]?.toUpperCase()}${plain.slice(1)}`,
          unit: units[tongue][i % 3] ?? 'pc',
          price: Math.round(dice.pick(bases) / (home ? 1 : 6)),
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
