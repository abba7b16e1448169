// The shape of the tables of duplicates, merges, files and the bin.
import type { ColumnType, Generated } from 'kysely';
import type { Json, Nullable, NullableTime, Timestamp } from './columns.ts';

export type DuplicatesTables = {
  merges: {
    workspace_id: string;
    id: string;
    object: 'customer' | 'contact' | 'lead';
    survivor_id: string;
    other_id: string;
    other_name: string;
    kept: Json<Record<string, { was: unknown; now: unknown }>>;
    at: Timestamp;
    by_id: string;
    until: Timestamp;
    undone_at: NullableTime;
    undone_by: Nullable<string>;
  };
  merge_moves: {
    workspace_id: string;
    merge_id: string;
    place: string;
    record_id: string;
    was: ColumnType<unknown, never, never>;
  };
  duplicate_marks: { workspace_id: string; object: string; record_id: string; kind: string; value: string };
  duplicate_groups: {
    workspace_id: string;
    id: string;
    object: string;
    kind: string;
    value: string;
    members: number;
    owner_id: Nullable<string>;
    team_id: Nullable<string>;
    found_at: Timestamp;
  };
  duplicate_apart: {
    workspace_id: string;
    object: string;
    a: string;
    b: string;
    by_id: string;
    at: Timestamp;
  };
  duplicate_heads: { workspace_id: string; object: string; at: Timestamp; record_id: string };
  files: {
    workspace_id: string;
    id: string;
    object_type: string;
    object_id: string;
    name: string;
    type: string;
    size: number;
    sha256: string;
    place: Generated<'folder' | 'bucket'>;
    created_at: Timestamp;
    created_by: string;
    deleted_at: NullableTime;
    deleted_by: Nullable<string>;
  };
  file_settings: {
    workspace_id: string;
    megabytes: number;
    kinds: Nullable<string[]>;
    updated_at: Timestamp;
    updated_by: Nullable<string>;
  };
  bin_settings: {
    workspace_id: string;
    days: number;
    updated_at: Timestamp;
    updated_by: Nullable<string>;
    version: Generated<number>;
  };
};
