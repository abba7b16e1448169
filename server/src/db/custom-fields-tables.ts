// The shape of the table of fields that a workspace adds to its records.
import type { ColumnType, Generated } from 'kysely';
import type { Nullable, NullableTime, Timestamp } from './columns.ts';

export type CustomFieldKind =
  | 'text'
  | 'lines'
  | 'number'
  | 'money'
  | 'date'
  | 'choice'
  | 'person'
  | 'link'
  | 'flag'
  | 'file'
  | 'record';

export type CustomFieldsTables = {
  custom_fields: {
    workspace_id: string;
    id: string;
    object: string;
    key: string;
    label: string;
    label_other: Nullable<string>;
    kind: CustomFieldKind;
    options: ColumnType<unknown, string, string>;
    required: Generated<boolean>;
    position: number;
    archived_at: NullableTime;
    indexed: Generated<boolean>;
    created_at: Timestamp;
    updated_at: Timestamp;
    version: Generated<number>;
  };
};

/** The columns of every table whose records take such fields. */
export type CustomColumns = {
  custom: ColumnType<unknown, string | undefined, string>;
  custom_sort: ColumnType<unknown, string | undefined, string>;
};

/** The values of such fields in one record, by their keys. */
export type Custom = Record<string, string | number | boolean>;
