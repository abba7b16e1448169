// The kinds of column: what is read from one, what may be written into it.
import type { ColumnType } from 'kysely';

export type Timestamp = ColumnType<string, string | Date, string | Date>;
export type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
export type NullableTime = ColumnType<string | null, string | Date | null | undefined, string | Date | null>;
export type GeneratedTime = ColumnType<string, string | Date | undefined, string | Date>;
export type Json<T> = ColumnType<T, string, string>;
export type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
