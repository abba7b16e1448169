// Customers, whom one calls there and what was said to them, by the million, made by the product's own folding, so that every column and search key is as it would be.
import * as contactRules from '../../server/src/contacts/rules.ts';
import { columnsOf, keysOf } from '../../server/src/customers/changes.ts';
import { type Company, makeBuyer, makeCompany } from '../../server/src/demo/companies.ts';
import type { Region } from '../../server/src/demo/regions.ts';
import { type Seeded, seeded } from '../../server/src/demo/seed.ts';
import { talk } from '../../server/src/demo/talk.ts';
import { levels, sources, tags } from '../../server/src/demo/trades.ts';
import { markOf, noteKeys } from '../../server/src/folding.ts';

export type Owner = { id: string; teamId: string | null };

const stages = { new: 12, contacted: 20, interested: 24, negotiating: 16, won: 18, lost: 10 } as const;
const regions: Record<Region, number> = { cn: 60, uk: 12, us: 14, au: 4, de: 5, fr: 5 };
const day = 86_400_000;

type Value = string | number | null | string[] | number[];
export type Row = Record<string, Value>;
export type Rows = {
  customers: Row[];
  customer_keys: Row[];
  contacts: Row[];
  contact_keys: Row[];
  activities: Row[];
  activity_keys: Row[];
};

const said = Object.values(talk).flatMap(phases => Object.values(phases).flatMap(phase => phase.said));

/** Makes rows to the end; `first` of `owners` owns fifteen of a hundred, the others share the rest evenly. */
export function* customers(input: {
  workspaceId: string;
  owners: Owner[];
  count: number;
  now: number;
  /** How many follow-ups each has; none by default. */
  followUps?: number;
}): Generator<Rows> {
  const { workspaceId, owners, count, now } = input;
  const dice = seeded(4_711);
  // Dice of their own, so that customers are the same with and without them.
  const buyers = seeded(1_147);
  const talks = seeded(7_411);
  const mark = markOf(workspaceId);
  const [first, ...others] = owners;
  for (let i = 0; i < count; i++) {
    const owner = dice.chance(0.15) || others.length === 0 ? first : dice.pick(others);
    const createdAt = Math.floor(now - ((count - i) / count) * 540 * day);
    const place = { owner_id: owner?.id ?? null, team_id: owner?.teamId ?? null };
    const made = newCustomer(dice, now);
    const fields = { ...columnsOf(made.customer), ...place };
    const updatedAt = new Date(Math.floor(createdAt + dice.share() * (now - createdAt))).toISOString();
    const base = { workspace_id: workspaceId, id: dice.id(createdAt) };
    const told = {
      created_at: new Date(createdAt).toISOString(),
      created_by: owner?.id ?? null,
      updated_at: updatedAt,
      updated_by: owner?.id ?? null,
    };
    const own = { custom: '{}', custom_sort: '{}' };
    const buyer = makeBuyer(buyers, made.company);
    const { called: _, ...called } = buyer;
    const contact = {
      ...contactRules.columnsOf({ ...called, isPrimary: true }),
      ...place,
      customer_id: base.id,
    };
    const contactBase = { workspace_id: workspaceId, id: buyers.id(createdAt) };
    const activities = Array.from({ length: input.followUps ?? 0 }, () => {
      const at = Math.floor(createdAt + talks.share() * (now - createdAt));
      const [kind, text] = talks.pick(said);
      const body = text
        .replace('{c}', buyer.called.zh)
        .replace('{p}', made.customer.name.slice(2, 6))
        .replace('{n}', String(talks.whole(1, 90) * 100));
      return { id: talks.id(at), kind, body, at: new Date(at).toISOString() };
    });
    yield {
      customers: [{ ...base, ...fields, ...own, ...told, last_activity_at: updatedAt }],
      customer_keys: [{ ...base, ...place, at: updatedAt, keys: keysOf(mark, fields) }],
      contacts: [{ ...contactBase, ...contact, is_primary: 'true', ...own, ...told }],
      contact_keys: [
        { ...contactBase, ...place, at: updatedAt, keys: contactRules.keysOf(workspaceId, contact) },
      ],
      activities: activities.map(one => ({
        workspace_id: workspaceId,
        ...one,
        customer_id: base.id,
        ...place,
        author_id: owner?.id ?? null,
        created_at: one.at,
        updated_at: one.at,
        created_by: owner?.id ?? null,
        updated_by: owner?.id ?? null,
      })),
      activity_keys: activities.map(({ id, body, at }) => ({
        workspace_id: workspaceId,
        id,
        ...place,
        at,
        keys: noteKeys(mark, body),
      })),
    };
  }
}

type Made = { company: Company; customer: Parameters<typeof columnsOf>[0] };

function newCustomer(dice: Seeded, now: number): Made {
  const company = makeCompany(dice, dice.weighted(regions), new Set());
  const stage = dice.weighted(stages);
  const open = stage !== 'won' && stage !== 'lost';
  const customer = {
    name: company.name,
    phone: company.phone,
    email: `info${dice.whole(1, 99_999)}@${company.domain}`,
    website: `https://www.${company.domain}`,
    industry: company.trade.industry,
    source: dice.weighted(sources),
    level: dice.chance(0.9) ? dice.weighted(levels) : null,
    stage,
    address: company.address,
    city: company.city,
    remark: dice.chance(0.2) ? '要求外箱印中英文唛头。Cartons need marks in both languages.' : null,
    tags: dice.chance(0.45) ? dice.some(tags.zh, dice.whole(1, 2)) : [],
    nextFollowUpAt: open && dice.chance(0.8) ? new Date(now + dice.whole(-10, 30) * day).toISOString() : null,
  };
  return { company, customer };
}

/** A row as COPY's text format reads it. */
export function copyLine(columns: string[], row: Row): string {
  return columns.map(column => cell(row[column] ?? null)).join('\t');
}

function cell(value: Value): string {
  if (value === null) return '\\N';
  if (Array.isArray(value))
    return escaped(`{${value.map(item => `"${String(item).replace(/[\\"]/g, '\\$&')}"`).join(',')}}`);
  return escaped(String(value));
}

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r')
    : text;
}
