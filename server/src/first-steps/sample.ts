// Writes the sample through the faces of the rooms, as if somebody had typed it in.
import * as activities from '../activities/activities.ts';
import * as contacts from '../contacts/contacts.ts';
import * as customers from '../customers/customers.ts';
import * as deals from '../deals/deals.ts';
import * as leads from '../leads/leads.ts';
import * as orders from '../orders/orders.ts';
import type { Language } from '../problems.ts';
import * as products from '../products/products.ts';
import type { By } from '../records/records.ts';
import * as tasks from '../tasks/tasks.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { iso, type World } from '../world.ts';
import { en } from './sample-en.ts';
import type { Company, Offer } from './sample-story.ts';
import { zh } from './sample-zh.ts';
import type { Sampled } from './store.ts';

const day = 86_400_000;
type Made = Pick<Sampled, 'object' | 'id'>;
type Writing = { tx: World; by: By; made: Made[]; today: string; stages: deals.Pipeline['stages'] };

/** Adds the sample in that language; which records it consists of. */
export async function fill(tx: World, language: Language, by: By): Promise<Made[]> {
  const story = language === 'zh-CN' ? zh : en;
  const today = await workspaces.today(tx);
  const stages = (await deals.pipelinesOf(tx))[0]?.stages ?? [];
  const writing: Writing = { tx, by, made: [], today, stages };
  const wares: string[] = [];
  for (const product of story.products) {
    const added = await products.add(tx, { ...product, currency: story.currency }, by);
    // Somebody may have put a product with such a code into the bin and out again meanwhile: then it has that one.
    if (added.kind === 'added') wares.push(put(writing, 'product', added.product.id));
  }
  for (const company of story.companies) await addCompany(writing, company, wares, story);
  for (const { nextIn, ...lead } of story.leads) {
    const nextFollowUpAt = nextIn === null ? null : at(tx, nextIn);
    const added = await leads.add(tx, { ...lead, tags: [story.tag], nextFollowUpAt }, by);
    if (added.kind !== 'added') throw new Error(`a lead of the sample could not be added: ${added.kind}`);
    put(writing, 'lead', added.lead.id);
  }
  for (const { dueIn, ...task } of story.tasks) {
    const added = await tasks.add(tx, { ...task, dueOn: dayAt(today, dueIn) }, by);
    if (added.kind !== 'added') throw new Error(`a task of the sample could not be added: ${added.kind}`);
    put(writing, 'task', added.task.id);
  }
  return writing.made;
}

function put({ made }: Writing, object: Made['object'], id: string): string {
  made.push({ object, id });
  return id;
}

/** A moment so many days from now, at a full hour. */
const at = (world: World, days: number) =>
  iso(Math.floor((world.now() + days * day) / 3_600_000) * 3_600_000);
const dayAt = (today: string, days: number) => iso(Date.parse(today) + days * day).slice(0, 10);

async function addCompany(
  writing: Writing,
  company: Company,
  wares: string[],
  { tag, currency }: { tag: string; currency: string },
): Promise<void> {
  const { tx, by } = writing;
  const { people, said, offers, todo, age, ...fields } = company;
  const { id: ownerId, name, teamId } = by.me;
  const owner = { id: ownerId, name, teamId };
  const row = { fields: { ...fields, tags: [tag] }, createdAt: at(tx, -age) };
  const [customerId = ''] = await customers.addMany(tx, { rows: [row], owner }, by);
  put(writing, 'customer', customerId);
  const rows = people.map((person, i) => ({
    fields: { ...person, customerId, isPrimary: i === 0 },
    customerName: company.name,
    createdAt: at(tx, -age),
  }));
  const [contactId] = (await contacts.addMany(tx, { rows, owner }, by)).map(id =>
    put(writing, 'contact', id),
  );
  for (const { ago, nextIn, ...activity } of said) {
    const next = nextIn === undefined ? {} : { nextAt: at(tx, nextIn) };
    const given = { ...activity, ...next, customerId, contactId, at: at(tx, -ago) };
    const added = await activities.add(tx, given, by);
    if (added.kind !== 'added')
      throw new Error(`an activity of the sample could not be added: ${added.kind}`);
    put(writing, 'activity', added.activity.id);
  }
  for (const offer of offers) await addOffer(writing, offer, { customerId, contactId, wares, currency });
  for (const { dueIn, ...task } of todo) {
    const about = { type: 'customer', id: customerId } as const;
    const added = await tasks.add(tx, { ...task, about, dueOn: dayAt(writing.today, dueIn) }, by);
    if (added.kind !== 'added') throw new Error(`a task of the sample could not be added: ${added.kind}`);
    put(writing, 'task', added.task.id);
  }
}

type Buyer = { customerId: string; contactId: string | undefined; wares: string[]; currency: string };

async function addOffer(writing: Writing, offer: Offer, buyer: Buyer): Promise<void> {
  const { tx, by, today, stages } = writing;
  const { customerId, contactId, currency } = buyer;
  const open = stages.filter(stage => stage.kind === 'open');
  const begin = open[Math.min(typeof offer.stage === 'number' ? offer.stage : 0, open.length - 1)];
  const added = await deals.add(
    tx,
    {
      title: offer.title,
      customerId,
      contactId,
      amount: offer.amount,
      currency,
      stageId: begin?.id,
      expectedOn: dayAt(today, offer.closesIn),
    },
    by,
  );
  if (added.kind !== 'added') throw new Error(`a deal of the sample could not be added: ${added.kind}`);
  const dealId = put(writing, 'deal', added.deal.id);
  const end = stages.find(stage => stage.kind === offer.stage);
  if (end) {
    const lost = offer.stage === 'lost' ? { lostReason: 'price' as const } : {};
    await deals.move(tx, { id: dealId, move: { stageId: end.id, ...lost }, version: null }, by);
  }
  if (!offer.order) return;
  const { kind, lines, status, paid } = offer.order;
  const given = lines.flatMap(([ware, quantity]) => {
    const productId = buyer.wares[ware];
    return productId ? [{ productId, quantity: String(quantity), discount: 0 }] : [];
  });
  const order = await orders.add(
    tx,
    { kind, title: offer.title, customerId, contactId, dealId, currency, lines: given },
    by,
  );
  if (order.kind !== 'added') throw new Error(`an order of the sample could not be added: ${order.kind}`);
  const id = put(writing, 'order', order.order.id);
  if (status) await orders.move(tx, { id, status, version: null }, by);
  if (paid) await orders.pay(tx, { id, amount: Math.round(order.order.total * paid) }, by);
}
