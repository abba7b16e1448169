// What differs between two states of a record, for its columns and for what the journal tells. Pure.

/** Fields as they travel, each with its column. */
export type Columns = Readonly<Record<string, string>>;

export type Difference = {
  columns: Record<string, unknown>;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
};

/** Of the columns that are wanted to be set, those that change anything. */
export function differenceIn(
  fields: Columns,
  row: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): Difference {
  const difference: Difference = { columns: {}, before: {}, after: {} };
  for (const [field, column] of Object.entries(fields)) {
    const value = wanted[column];
    if (value === undefined || same(value, row[column])) continue;
    difference.columns[column] = value;
    difference.before[field] = row[column];
    difference.after[field] = value;
  }
  return difference;
}

/** The fields of a new record that hold anything. */
export function filledIn(fields: Columns, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(fields)) {
    const value = row[column];
    const empty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
    if (!empty) filled[field] = value;
  }
  return filled;
}

function same(a: unknown, b: unknown): boolean {
  return Array.isArray(a) || Array.isArray(b) ? JSON.stringify(a) === JSON.stringify(b) : a === b;
}
