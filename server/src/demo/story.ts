// The whole story of the demo's customers as plain values: the same for the same seed, told up to today.
import type { ActivityKind, CustomerStage } from '../db/tables.ts';
import type { Language } from '../problems.ts';
import { cast, type PersonKey } from './cast.ts';
import { type Buyer, type Company, makeBuyer, makeCompany } from './companies.ts';
import type { Region } from './regions.ts';
import { type Seeded, seeded } from './seed.ts';
import { remarks, talk } from './talk.ts';
import { levels, sources, tags } from './trades.ts';

/** Times are milliseconds since 1970. */
export type FollowUp = {
  kind: ActivityKind;
  body: string;
  at: number;
  buyer: number;
  nextStep: string | null;
  nextAt: number | null;
};

export type Account = {
  company: Company;
  /** Null: nobody's, in the pool. */
  owner: PersonKey | null;
  stage: CustomerStage;
  source: string;
  level: string | null;
  tags: string[];
  remark: string | null;
  createdAt: number;
  nextAt: number | null;
  buyers: Buyer[];
  followUps: FollowUp[];
};

const day = 86_400_000;
const hour = 3_600_000;
const span = 540 * day;

/** How many customers each has; a share of them is Chinese. */
const owners: { owner: PersonKey | null; count: number; chinese: number; abroad: Region[] }[] = [
  { owner: 'rep', count: 104, chinese: 0.9, abroad: ['us', 'uk'] },
  { owner: 'rep2', count: 86, chinese: 0.3, abroad: ['uk', 'uk', 'us', 'au'] },
  { owner: 'rep3', count: 72, chinese: 0.15, abroad: ['de', 'fr', 'us', 'uk'] },
  { owner: 'manager', count: 22, chinese: 0.7, abroad: ['us', 'de'] },
  { owner: null, count: 20, chinese: 0.7, abroad: ['us', 'au', 'fr'] },
];

const stageWeights = { new: 10, contacted: 20, interested: 26, negotiating: 17, won: 18, lost: 9 } as const;
const way: CustomerStage[] = ['new', 'contacted', 'interested', 'negotiating', 'won'];

/** All accounts, oldest first. `now` is in milliseconds since 1970. */
export function tell(seed: number, now: number): Account[] {
  const dice = seeded(seed);
  const taken = new Set<string>();
  const accounts = owners.flatMap(({ owner, count, chinese, abroad }) =>
    Array.from({ length: count }, () => {
      const region = dice.chance(chinese) ? 'cn' : dice.pick(abroad);
      return makeAccount(dice, now, { owner, company: makeCompany(dice, region, taken) });
    }),
  );
  return accounts.sort((a, b) => a.createdAt - b.createdAt);
}

function makeAccount(
  dice: Seeded,
  now: number,
  input: { owner: PersonKey | null; company: Company },
): Account {
  const { owner, company } = input;
  const language = owner ? cast[owner].language : 'zh-CN';
  const stage = owner ? dice.weighted(stageWeights) : dice.pick(['new', 'contacted', 'lost'] as const);
  // Customers that are new came lately; those further on have had time for it.
  const oldest = stage === 'new' ? 40 * day : span;
  const createdAt = working(dice, now - dice.share() ** 1.3 * (oldest - 2 * day) - 2 * day);
  const buyers = Array.from({ length: Number(dice.weighted({ 1: 66, 2: 28, 3: 6 })) }, () =>
    makeBuyer(dice, company),
  );
  const nextAt = nextMoment(dice, now, stage, owner);
  const account: Account = {
    company,
    owner,
    stage,
    source: dice.weighted(sources),
    level: dice.chance(0.9) ? dice.weighted(levels) : null,
    tags: dice.chance(0.45) ? dice.some(tags[company.region === 'cn' ? 'zh' : 'en'], dice.whole(1, 2)) : [],
    remark: dice.chance(0.25) ? dice.pick(remarks[language]) : null,
    createdAt,
    nextAt,
    buyers,
    followUps: [],
  };
  account.followUps = makeFollowUps(dice, now, account, language);
  return account;
}

/** When to follow up next: some are a few days late, as many are for today, most for this week and the next two. */
function nextMoment(dice: Seeded, now: number, stage: CustomerStage, owner: PersonKey | null): number | null {
  const likely = { new: 0.7, contacted: 0.85, interested: 0.9, negotiating: 0.95, won: 0.4, lost: 0.1 }[
    stage
  ];
  if (!owner || !dice.chance(likely)) return null;
  const days = stage === 'lost' ? dice.whole(60, 150) : daysAhead(dice.share(), dice.share());
  const then = days === 0 ? now : onWorkday(now + days * day, days < 0 ? 'before' : 'after');
  return atClock(then, dice.whole(9, 17), dice.pick([0, 0, 30]));
}

function daysAhead(when: number, how: number): number {
  if (when < 0.08) return -1 - Math.floor(how * 4);
  if (when < 0.16) return 0;
  if (when < 0.45) return 1 + Math.floor(how * 5);
  return 6 + Math.floor(how * 14);
}

function makeFollowUps(dice: Seeded, now: number, account: Account, language: Language): FollowUp[] {
  const phases = phasesOf(dice, now, account);
  const times = timesOf(dice, now, account, phases.length);
  const lines = linesOf(dice, phases, language);
  return lines.map(([kind, text], i) => {
    const at = times[i] ?? account.createdAt;
    const next = times[i + 1] ?? account.nextAt;
    const last = i === lines.length - 1;
    const plans = next !== null && (last || dice.chance(0.5));
    const buyer = dice.chance(0.75) ? 0 : dice.whole(0, account.buyers.length - 1);
    return {
      kind,
      body: filled(dice, text, account, buyer, language),
      at,
      buyer,
      nextStep: plans ? dice.pick(talk[language][phases[i] ?? account.stage].next) : null,
      nextAt: plans ? next : null,
    };
  });
}

/** How far the deal had come at each follow-up. */
function phasesOf(dice: Seeded, now: number, account: Account): CustomerStage[] {
  const { stage, createdAt, owner } = account;
  const passed = stage === 'lost' ? way.slice(0, dice.whole(1, 4)) : way.slice(0, way.indexOf(stage) + 1);
  const most = owner ? passed.length * 2 + 1 : 2;
  const room = Math.ceil((now - createdAt) / (2 * day));
  const count = Math.min(dice.whole(Math.ceil(passed.length * 0.9), most), room);
  const phases = Array.from(
    { length: count },
    (_, i) => passed[Math.floor((i / count) * passed.length)] ?? stage,
  );
  return [...phases.slice(0, -1), stage];
}

function timesOf(dice: Seeded, now: number, account: Account, count: number): number[] {
  const start = account.createdAt + hour;
  const end = account.nextAt === null ? now : Math.min(now, account.nextAt);
  // What would fall later today fell on the workday before.
  const past = (at: number) => (at < now ? at : onWorkday(at - day, 'before'));
  return Array.from({ length: count }, () => past(working(dice, start + dice.share() * (end - start))))
    .sort((a, b) => a - b)
    .map((at, i) => Math.max(start + i * 60_000, Math.min(at, now - (count - i) * 5 * 60_000)));
}

/** What was said, each line at most once while there are others, and in the order in which things happen. */
function linesOf(dice: Seeded, phases: CustomerStage[], language: Language) {
  return [...Map.groupBy(phases, phase => phase)].flatMap(([phase, { length }]) => {
    const { said } = talk[language][phase];
    const chosen = dice.some([...said.keys()], length).sort((a, b) => a - b);
    return Array.from({ length }, (_, i) => said[chosen[i] ?? said.length - 1] ?? (['note', ''] as const));
  });
}

function filled(dice: Seeded, text: string, account: Account, buyer: number, language: Language): string {
  const tongue = language === 'zh-CN' ? 'zh' : 'en';
  const quantity = dice.pick([200, 300, 500, 600, 800, 1_000, 1_200, 2_000, 3_000, 5_000]);
  return text
    .replaceAll('{c}', account.buyers[buyer]?.called[tongue] ?? '')
    .replaceAll('{p}', dice.pick(account.company.trade.products[tongue]))
    .replaceAll('{n}', tongue === 'zh' ? String(quantity) : quantity.toLocaleString('en'))
    .replace(/(\p{Script=Han})([A-Za-zÀ-ž])/gu, '$1 $2')
    .replace(/([A-Za-zÀ-ž])(\p{Script=Han})/gu, '$1 $2');
}

/** Shanghai's working hours on that day, or on the Friday before a week-end. */
function working(dice: Seeded, at: number): number {
  return atClock(onWorkday(at, 'before'), dice.whole(9, 17), dice.whole(0, 59));
}

/** The same hour in Shanghai; in place of a week-end on the Friday before or the Monday after. */
export function onWorkday(at: number, side: 'before' | 'after'): number {
  const weekday = new Date(at + 8 * hour).getUTCDay();
  if (weekday !== 6 && weekday !== 0) return at;
  const [back, on] = weekday === 6 ? [1, 2] : [2, 1];
  return side === 'before' ? at - back * day : at + on * day;
}

function atClock(at: number, hours: number, minutes: number): number {
  const midnight = Math.floor((at + 8 * hour) / day) * day - 8 * hour;
  return midnight + hours * hour + minutes * 60_000;
}
