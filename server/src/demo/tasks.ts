// The demo's tasks: what its sellers have to do about their customers, late, today and in the days to come.
import type { Me } from '../http.ts';
import * as tasks from '../tasks/tasks.ts';
import type { World } from '../world.ts';
import { dayOf } from '../zones.ts';
import { type Seeded, seeded } from './seed.ts';
import { onWorkday } from './story.ts';

const day = 86_400_000;
const zone = 'Asia/Shanghai';

type Planned = {
  kind: 'todo' | 'call' | 'visit' | 'email' | 'meeting';
  in: number;
  high?: true;
  weekly?: true;
};
/** What there is to do, and in how many days; the last one is about nobody. */
const plan: Planned[] = [
  { kind: 'email', in: -1 },
  { kind: 'call', in: 0, high: true },
  { kind: 'todo', in: 0 },
  { kind: 'visit', in: 2 },
  { kind: 'meeting', in: 5 },
  { kind: 'todo', in: 0, weekly: true },
];
const titles = {
  zh: [
    '发送最新报价',
    '确认样品是否收到',
    '核对合同条款',
    '上门拜访，带上新品目录',
    '线上会议：交期与包装',
    '整理本周跟进计划',
  ],
  en: [
    'Send the latest quote',
    'Ask whether the samples have arrived',
    'Check the terms of the contract',
    'Visit with the new catalogue',
    'Online meeting: lead times and packing',
    'Plan the week’s follow-ups',
  ],
};

export type Seller = { me: Me; customers: { id: string; isChinese: boolean }[] };

/** Gives each seller a week of tasks about customers of his own; how many. */
export async function fillTasks(world: World, seed: number, sellers: Seller[]): Promise<number> {
  const dice = seeded(seed);
  let count = 0;
  for (const { me, customers } of sellers) {
    const about = dice.some(customers, plan.length - 1);
    for (const [i, planned] of plan.entries()) {
      const customer = planned.weekly ? undefined : about[i];
      if (customer || planned.weekly) count += await addTask(world, dice, { me, i, customer });
    }
  }
  return count;
}

/** Today stays today; what is late or to come falls on workdays. */
function dueAt(now: number, days: number): number {
  return days === 0 ? now : onWorkday(now + days * day, days < 0 ? 'before' : 'after');
}

type Adding = { me: Me; i: number; customer: Seller['customers'][number] | undefined };

async function addTask(world: World, dice: Seeded, { me, i, customer }: Adding): Promise<number> {
  const planned = plan[i] as Planned;
  const words = customer?.isChinese === false ? titles.en : titles.zh;
  const born = world.now() - Math.ceil((1.5 + dice.share() * 3) * day);
  const then = { ...world, now: () => born, random: { ...world.random, id: () => dice.id(born) } };
  const added = await tasks.add(
    then,
    {
      title: words[i] ?? '',
      kind: planned.kind,
      dueOn: dayOf(dueAt(world.now(), planned.in), zone),
      zone,
      ...(planned.high ? { priority: 'high' } : {}),
      ...(planned.weekly ? { repeat: { every: 'week', step: 1, weekdays: [], after: 'due' } } : {}),
      ...(customer ? { about: { type: 'customer', id: customer.id } } : {}),
    },
    { me, reach: 'all', visitor: null },
  );
  return added.kind === 'added' ? 1 : 0;
}
