// The demo's leads, and what lies in its public pool: the same for the same seed.
import * as activities from '../activities/activities.ts';
import type { Me } from '../http.ts';
import * as leads from '../leads/leads.ts';
import * as pool from '../pool/pool.ts';
import { iso, type World } from '../world.ts';
import { makeBuyer, makeCompany } from './companies.ts';
import * as store from './leads-store.ts';
import type { Region } from './regions.ts';
import { type Seeded, seeded } from './seed.ts';
import { sources } from './trades.ts';

const day = 86_400_000;
const statuses = { new: 10, contacted: 9, qualified: 5, unqualified: 4 } as const;
const reasons = { 'no-need': 3, 'no-budget': 2, 'no-reply': 3, 'wrong-person': 1, competitor: 2 } as const;
const said = {
  zh: {
    call: ['电话联系，对产品感兴趣，要求发目录', '已通话，下周给答复', '电话未接通，改天再打'],
    note: ['展会上留下名片，想了解起订量', '网站留言，询问交期和价格'],
    remark: ['朋友介绍', '同时在看两家供应商', ''],
    step: '发送产品目录和报价',
    pool: '客户搬迁，暂无采购计划',
  },
  en: {
    call: ['Spoke on the phone, wants our catalogue', 'Will decide next week', 'No answer, call again'],
    note: ['Left a card at the fair, asks about minimum orders', 'Wrote on the web site about lead times'],
    remark: ['Came by a recommendation', 'Compares two suppliers', ''],
    step: 'Send catalogue and quote',
    pool: 'Moving its premises, buys nothing for now',
  },
} as const;

type Given = { owner: Me | null; count: number; chinese: number; abroad: Region };

/** Writes the leads of those people and of nobody; how many. */
export async function fillLeads(
  world: World,
  seed: number,
  input: { given: Given[]; teamId: string; writer: Me; taken: Set<string> },
): Promise<number> {
  const dice = seeded(seed);
  let count = 0;
  for (const given of input.given)
    for (let i = 0; i < given.count; i++, count++)
      await addLead(world, dice, { ...input, ...given, me: given.owner ?? input.writer });
  return count;
}

type Adding = Given & { teamId: string; taken: Set<string>; me: Me };

async function addLead(world: World, dice: Seeded, given: Adding): Promise<void> {
  const { owner, me } = given;
  const region = dice.chance(given.chinese) ? 'cn' : given.abroad;
  const words = said[region === 'cn' ? 'zh' : 'en'];
  const company = makeCompany(dice, region, given.taken);
  const { name, title, phone, email, wechat } = makeBuyer(dice, company);
  const status = owner ? dice.weighted(statuses) : 'new';
  const age = status === 'new' ? dice.share() * 6 : 4 + dice.share() * 50;
  const born = world.now() - Math.ceil(age * day);
  const then = at(world, dice, born);
  const by = { me, reach: 'all' as const, visitor: null };
  const fields = {
    name,
    title,
    phone,
    email,
    wechat,
    company: company.name,
    source: dice.weighted(sources),
    city: company.city,
    remark: dice.pick(words.remark),
    score: dice.chance(0.6) ? dice.whole(2, 19) * 5 : null,
  };
  const whose = owner
    ? { id: owner.id, name: owner.name, teamId: owner.teamId }
    : { id: null, name: null, teamId: given.teamId };
  const [id = ''] = await leads.addMany(then, { rows: [{ fields }], owner: whose }, by);
  if (status === 'new') return;
  const spoken = Math.min(world.now() - day / 12, born + Math.ceil((0.2 + dice.share()) * 3 * day));
  const open = status !== 'unqualified';
  const planned = world.now() + Math.round((dice.share() * 9 - 1) * day);
  await activities.add(
    at(world, dice, spoken),
    {
      leadId: id,
      kind: dice.chance(0.8) ? 'call' : 'note',
      body: dice.pick(dice.chance(0.7) ? words.call : words.note),
      ...(open ? { nextStep: words.step, nextAt: iso(planned) } : {}),
    },
    by,
  );
  const patch = open
    ? { status }
    : { status, unqualifiedReason: dice.weighted(reasons), nextFollowUpAt: null };
  await leads.change(at(world, dice, spoken + day / 24), { id, patch, version: null }, by);
}

/**
 * Switches the pool on, without taking anything from anybody by itself, and lets some customers that belong to nobody lie
 * in it.
 */
export async function fillPool(
  world: World,
  seed: number,
  input: { ids: string[]; former: Me; administrator: Me },
): Promise<void> {
  const dice = seeded(seed);
  const by = { me: input.administrator, reach: 'all' as const, visitor: null };
  const rule: pool.Rule = {
    active: true,
    idleDays: null,
    deallessDays: null,
    exemptStages: ['won'],
    exemptOpenDeals: true,
    warnDays: 7,
    protectDays: 14,
    claimsPerDay: 5,
    claimsPerWeek: null,
    holdingCap: 200,
  };
  await pool.setRule(at(world, dice, world.now() - 90 * day), { team: 'default', rule, version: null }, by);
  const lying = input.ids.map(id => ({
    id,
    at: iso(world.now() - dice.whole(1, 60) * day),
    remark: dice.chance(0.5) ? said.zh.pool : said.en.pool,
  }));
  await store.layInPool(world, lying, input.former.id);
}

/** The world as it was then; ids fall from the demo's own dice. */
function at(world: World, dice: Seeded, then: number): World {
  return { ...world, now: () => then, random: { ...world.random, id: () => dice.id(then) } };
}
