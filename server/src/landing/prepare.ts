// Everything about a row that can be said without looking at what is there already.

import type { Row } from '../formats/csv-reading.ts';
import type { DateStyle } from '../mapping/mapping.ts';
import { type Plan, readRow } from '../mapping/mapping.ts';
import type { Reach } from '../permissions.ts';
import type { Duplicates, Prepared } from './decide.ts';
import { type Owner, type Owners, ownerOf } from './owners.ts';

export type Settled = {
  duplicates: Duplicates;
  unknownOwner: 'fault' | 'default';
  keepTimes: boolean;
  createCustomers: boolean;
};

/** What is the same for all rows of an import. */
export type Setting = {
  importId: string;
  plan: Plan;
  options: Settled;
  style: DateStyle;
  owners: Owners;
  /** Who gets rows that name nobody. */
  fallback: Owner;
  importer: Owner;
  reach: Reach;
  /** ISO 8601. */
  now: string;
};

const day = 86_400_000;

export function prepare(setting: Setting, row: Row): Prepared {
  const { values, faults } = readRow(setting.plan, row.cells, setting.style);
  const { owners, importer, reach, fallback, now } = setting;
  const { unknownOwner, keepTimes } = setting.options;
  const named = typeof values.owner === 'string' ? values.owner : undefined;
  const column = (field: 'owner' | 'createdAt') =>
    setting.plan.columns.find(c => c.field === field)?.name ?? null;
  const outcome = ownerOf(named, { owners, importer, reach, fallback, unknownOwner });
  if ('code' in outcome)
    faults.push({ column: column('owner'), field: 'owner', code: outcome.code, value: named ?? null });
  const owner = 'owner' in outcome ? outcome.owner : fallback;
  if (named) values.owner = owner.name;
  if (!keepTimes) delete values.createdAt;
  if (typeof values.createdAt === 'string' && values.createdAt > now) {
    // A few hours ahead is a zone misunderstood; more is no time at which anything was made.
    if (Date.parse(values.createdAt) > Date.parse(now) + day)
      faults.push({ column: column('createdAt'), field: 'createdAt', code: 'date', value: values.createdAt });
    else values.createdAt = now;
  }
  return { ...row, values, faults, owner };
}
