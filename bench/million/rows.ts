// Customers by the million, made by the product's own folding, so that every column and search key is as it would be.
import { columnsOf, keysOf } from '../../server/src/customers/changes.ts';
import { makeCompany } from '../../server/src/demo/companies.ts';
import type { Region } from '../../server/src/demo/regions.ts';
import { type Seeded, seeded } from '../../server/src/demo/seed.ts';
import { levels, sources, tags } from '../../server/src/demo/trades.ts';
import { markOf } from '../../server/src/folding.ts';

export type Owner = { id: string; teamId: string | null };

const stages = { new: 12, contacted: 20, interested: 24, negotiating: 16, won: 18, lost: 10 } as const;
const regions: Record<Region, number> = { cn: 60, uk: 12, us: 14, au: 4, de: 5, fr: 5 };
const day = 86_400_000;

type Value = string | number | null | string[];
export type Rows = { customer: Record<string, Value>; keys: Record<string, Value> };

/** Makes rows without end; `first` of `owners` owns fifteen of a hundred, the others share the rest evenly. */
export function* customers(input: {
  workspaceId: string;
  owners: Owner[];
  count: number;
  now: number;
}): Generator<Rows> {
  const { workspaceId, owners, count, now } = input;
  const dice = seeded(4_711);
  const mark = markOf(workspaceId);
  const [first, ...others] = owners;
  for (let i = 0; i < count; i++) {
    const owner = dice.chance(0.15) || others.length === 0 ? first : dice.pick(others);
    const createdAt = Math.floor(now - ((count - i) / count) * 540 * day);
    const fields = {
      ...columnsOf(newCustomer(dice, now)),
      owner_id: owner?.id ?? null,
      team_id: owner?.teamId ?? null,
    };
    const updatedAt = new Date(Math.floor(createdAt + dice.share() * (now - createdAt))).toISOString();
    const base = { workspace_id: workspaceId, id: dice.id(createdAt) };
    yield {
      customer: {
        ...base,
        ...({ ...fields, custom: '{}', custom_sort: '{}' } satisfies Record<string, Value>),
        last_activity_at: updatedAt,
        created_at: new Date(createdAt).toISOString(),
        created_by: owner?.id ?? null,
        updated_at: updatedAt,
        updated_by: owner?.id ?? null,
      },
      keys: { ...base, keys: keysOf(mark, fields) },
    };
  }
}

function newCustomer(dice: Seeded, now: number): Parameters<typeof columnsOf>[0] {
  const company = makeCompany(dice, dice.weighted(regions), new Set());
  const stage = dice.weighted(stages);
  const open = stage !== 'won' && stage !== 'lost';
  return {
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
}

/** A row as COPY's text format reads it. */
export function copyLine(columns: string[], row: Record<string, Value>): string {
  return columns.map(column => cell(row[column] ?? null)).join('\t');
}

function cell(value: Value): string {
  if (value === null) return '\\N';
  if (Array.isArray(value))
    return escaped(`{${value.map(item => `"${item.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`);
  return escaped(String(value));
}

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r')
    : text;
}
