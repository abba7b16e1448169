// Writes the story into the rooms: customers and contacts through their faces, each at its own time.
import * as audit from '../audit/audit.ts';
import * as contacts from '../contacts/contacts.ts';
import * as customers from '../customers/customers.ts';
import type { Me } from '../http.ts';
import { iso, type World } from '../world.ts';
import { cast, type PersonKey } from './cast.ts';
import { fillComments } from './comments.ts';
import { fillDeals } from './deals.ts';
import { fillFigures } from './figures.ts';
import { fillLeads, fillPool } from './leads.ts';
import { fillOrders } from './orders.ts';
import { type Seeded, seeded } from './seed.ts';
import * as store from './store.ts';
import { type Account, type FollowUp, tell } from './story.ts';
import { fillTasks } from './tasks.ts';

const seed = 20_260_101;

/** The people of the demo as they are known here. */
export type Crew = { ids: Record<PersonKey, string>; teamIds: Record<'home' | 'overseas', string> };

/** Fills the workspace within the caller's transaction; returns how many of each there are now. */
export async function fill(
  world: World,
  crew: Crew,
): Promise<
  Record<
    | 'customers'
    | 'contacts'
    | 'activities'
    | 'leads'
    | 'deals'
    | 'products'
    | 'orders'
    | 'tasks'
    | 'comments',
    number
  >
> {
  const dice = seeded(seed + 1);
  const accounts = tell(seed, world.now());
  const told: store.ToldAccount[] = [];
  let buyers = 0;
  for (const account of accounts) {
    told.push(await addAccount(at(world, dice, account.createdAt), dice, account, crew));
    buyers += account.buyers.length;
  }
  const activities = told.flatMap(({ activities: rows }) => rows);
  await store.insertActivities(
    world,
    activities,
    activities.map(row => entryOf(at(world, dice, Date.parse(row.at)), row, crew)),
  );
  await store.moveLastActivity(world, told);
  const deals = await fillDeals(
    world,
    seed + 2,
    accounts.flatMap((account, i) => {
      const own = told[i];
      return own && account.owner ? [{ account, told: own, by: meOf(account.owner, crew) }] : [];
    }),
  );
  const sold = await fillOrders(world, seed + 3, deals, meOf('admin', crew));
  const sellers = (Object.keys(crew.ids) as PersonKey[]).map(key => meOf(key, crew));
  await fillFigures(world, seed + 4, sellers);
  const leads = await fillLeads(world, seed + 5, {
    given: [
      { owner: meOf('rep', crew), count: 14, chinese: 0.9, abroad: 'us' },
      { owner: meOf('rep2', crew), count: 10, chinese: 0.3, abroad: 'uk' },
      { owner: meOf('rep3', crew), count: 6, chinese: 0.1, abroad: 'de' },
      { owner: null, count: 5, chinese: 0.7, abroad: 'us' },
    ],
    teamId: crew.teamIds.home,
    writer: meOf('manager', crew),
    taken: new Set(accounts.map(account => account.company.domain)),
  });
  const ownerless = accounts.flatMap((account, i) => (account.owner ? [] : [told[i]?.id ?? '']));
  await fillPool(world, seed + 6, {
    ids: ownerless.slice(0, 12),
    former: meOf('rep2', crew),
    administrator: meOf('admin', crew),
  });
  const busy = ['rep', 'rep2', 'rep3', 'manager'] as const;
  const tasks = await fillTasks(
    world,
    seed + 7,
    busy.map(key => ({
      me: meOf(key, crew),
      customers: accounts.flatMap(({ owner, company }, i) =>
        owner === key ? [{ id: told[i]?.id ?? '', isChinese: company.region === 'cn' }] : [],
      ),
    })),
  );
  const comments = await fillComments(world, seed + 8, deals, {
    lead: meOf('manager', crew),
    sellers: [
      { me: meOf('rep', crew), tongue: 'zh' },
      { me: meOf('rep2', crew), tongue: 'en' },
    ],
  });
  return {
    customers: accounts.length,
    contacts: buyers,
    activities: activities.length,
    leads,
    deals: deals.length,
    tasks,
    comments,
    ...sold,
  };
}

/** The world as it was then; ids fall from the demo's own dice. */
function at(world: World, dice: Seeded, then: number): World {
  return { ...world, now: () => then, random: { ...world.random, id: () => dice.id(then) } };
}

async function addAccount(
  then: World,
  dice: Seeded,
  account: Account,
  crew: Crew,
): Promise<store.ToldAccount> {
  const { company } = account;
  // What belongs to nobody was written down by the manager and lies with the team.
  const writer = account.owner ?? 'manager';
  const by = { me: meOf(writer, crew), reach: 'all' as const, visitor: null };
  const owner = account.owner
    ? { id: by.me.id, name: by.me.name, teamId: by.me.teamId }
    : { id: null, name: null, teamId: crew.teamIds.home };
  const fields = {
    name: company.name,
    phone: company.phone,
    email: `info@${company.domain}`,
    website: `https://www.${company.domain}`,
    industry: company.trade.industry,
    source: account.source,
    level: account.level,
    stage: account.stage,
    address: company.address,
    city: company.city,
    remark: account.remark,
    tags: account.tags,
    nextFollowUpAt: account.nextAt === null ? null : iso(account.nextAt),
  };
  const [id = ''] = await customers.addMany(then, { rows: [{ fields }], owner }, by);
  const rows = account.buyers.map((buyer, i) => ({
    fields: {
      customerId: id,
      name: buyer.name,
      title: buyer.title,
      phone: buyer.phone,
      email: buyer.email,
      wechat: buyer.wechat,
      isPrimary: i === 0,
    },
    customerName: company.name,
  }));
  const buyerIds = await contacts.addMany(then, { rows, owner }, by);
  const activities = account.followUps.map(followUp => ({
    ...activityOf(followUp),
    id: dice.id(followUp.at),
    customer: { id, name: company.name },
    contact: { id: buyerIds[followUp.buyer] ?? '', name: account.buyers[followUp.buyer]?.name ?? '' },
    author: writer,
    author_id: by.me.id,
    owner_id: owner.id,
    team_id: owner.teamId,
  }));
  return { id, activities };
}

function activityOf({ kind, body, at: when, nextStep, nextAt }: FollowUp) {
  return { kind, body, at: iso(when), next_step: nextStep, next_at: nextAt === null ? null : iso(nextAt) };
}

function entryOf(then: World, row: store.ToldActivity, crew: Crew) {
  const { kind, body, at: when, customer, contact, next_step: nextStep, next_at: nextAt } = row;
  return audit.row(then, {
    action: 'activity.add',
    by: meOf(row.author, crew),
    object: { type: 'activity', id: row.id },
    after: {
      customer,
      kind,
      body,
      at: when,
      ...(nextStep ? { nextStep } : {}),
      ...(nextAt ? { nextAt } : {}),
      contact,
    },
  });
}

function meOf(key: PersonKey, crew: Crew): Me {
  const { name, email, role, language, team } = cast[key];
  const teamId = team && crew.teamIds[team];
  return { id: crew.ids[key], name, email, role, language, teamId, sessionId: '', deviceId: null };
}
