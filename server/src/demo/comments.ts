// What the demo's colleagues say to each other about their deals, and what each finds in his inbox; the same for the
// same seed.
import * as audit from '../audit/audit.ts';
import type { NewEntry } from '../db/journal.ts';
import type { Me } from '../http.ts';
import * as notices from '../notices/notices.ts';
import { iso, type World } from '../world.ts';
import * as store from './comments-store.ts';
import type { ToldDeal } from './deals.ts';
import { seeded } from './seed.ts';

const hour = 3_600_000;

/** Who says what to whom, how many hours ago; a reply is about the same deal as what stands above it. */
type Line = { ago: number; from: 'lead' | 'seller'; words: string; read?: true };
type Talk = { stage: 'open' | 'won'; lines: Line[] };

const talks: Record<'zh' | 'en', Talk[]> = {
  zh: [
    {
      stage: 'open',
      lines: [
        { ago: 50, from: 'lead', words: '客户上周问过付款方式，报价前先和财务确认一下。', read: true },
        { ago: 47, from: 'seller', words: '已确认，可以接受三成定金、发货前付清。', read: true },
        { ago: 3, from: 'lead', words: '周五前能定下来吗？需要我一起拜访就说一声。' },
      ],
    },
    {
      stage: 'open',
      lines: [{ ago: 22, from: 'lead', words: '折扣最多到九五折，别再往下谈了。' }],
    },
    {
      stage: 'won',
      lines: [{ ago: 70, from: 'lead', words: '干得漂亮！交期记得盯一下工厂。', read: true }],
    },
  ],
  en: [
    {
      stage: 'open',
      lines: [
        { ago: 30, from: 'lead', words: 'Do they still want samples before the order?', read: true },
        {
          ago: 27,
          from: 'seller',
          words: 'Yes, two cartons; I send them with Monday’s shipment.',
          read: true,
        },
        { ago: 4, from: 'lead', words: 'Good. Please put the expected date right once they have them.' },
      ],
    },
    {
      stage: 'won',
      lines: [{ ago: 90, from: 'lead', words: 'Well done. Let us ask them for a reference.', read: true }],
    },
  ],
};

type Crew = { lead: Me; sellers: { me: Me; tongue: 'zh' | 'en' }[] };

/** Writes comments with their journal entries, who follows and what is unread; how many comments. */
export async function fillComments(
  world: World,
  seed: number,
  deals: ToldDeal[],
  crew: Crew,
): Promise<number> {
  const dice = seeded(seed);
  const made: store.Said[] = [];
  for (const { me, tongue } of crew.sellers) {
    const own = deals.filter(deal => deal.by.id === me.id);
    for (const { stage, lines } of talks[tongue]) {
      // What is talked about went on lately; a deal is talked about once.
      const taken = new Set(made.map(one => one.dealId));
      const lately = own
        .filter(({ row }) => row.kind === stage && !taken.has(row.id))
        .sort((a, b) => (a.row.updated_at < b.row.updated_at ? 1 : -1));
      const deal = dice.pick(lately.slice(0, 8));
      if (!deal) continue;
      for (const line of lines) {
        const [from, to] = line.from === 'lead' ? [crew.lead, me] : [me, crew.lead];
        const then = world.now() - line.ago * hour;
        made.push({
          id: dice.id(then),
          noticeId: dice.id(then),
          dealId: deal.row.id,
          title: deal.row.title,
          body: `@${to.name} ${line.words}`,
          excerpt: notices.excerptOf(`@${to.name} ${line.words}`),
          from,
          to,
          at: iso(then),
          readAt: line.read ? iso(then + hour) : null,
        });
      }
    }
  }
  await store.insertComments(
    world,
    made,
    made.map(one => entryOf(world, dice.id(Date.parse(one.at)), one)),
  );
  return made.length;
}

function entryOf(world: World, entryId: string, { id, dealId, title, body, from, at }: store.Said): NewEntry {
  return audit.row(
    { ...world, now: () => Date.parse(at), random: { ...world.random, id: () => entryId } },
    {
      action: 'comment.add',
      by: from,
      object: { type: 'comment', id },
      after: { body },
      details: { name: title, record: { type: 'deal', id: dealId, name: title } },
    },
  );
}
