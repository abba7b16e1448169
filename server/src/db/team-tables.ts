// The tables of working together: comments, follows, notices and how they are wanted.
import type { ColumnType, Generated } from 'kysely';
import type { Json, Nullable, NullableTime, Timestamp } from './columns.ts';

export type TeamTables = {
  comments: {
    workspace_id: string;
    id: string;
    object_type: string;
    object_id: string;
    author_id: string;
    body: string;
    mentions: ColumnType<string[], string[] | undefined, string[]>;
    created_at: Timestamp;
    edited_at: NullableTime;
    version: Generated<number>;
    deleted_at: NullableTime;
  };
  follows: {
    workspace_id: string;
    object_type: string;
    object_id: string;
    person_id: string;
    following: boolean;
    at: Timestamp;
  };
  inbox_notices: {
    workspace_id: string;
    id: string;
    person_id: string;
    kind: string;
    at: Timestamp;
    by_id: Nullable<string>;
    by_name: Nullable<string>;
    object_type: Nullable<string>;
    object_id: Nullable<string>;
    source_id: Nullable<string>;
    excerpt: Nullable<string>;
    params: Json<Record<string, string | number>>;
    in_app: boolean;
    digest: boolean;
    read_at: NullableTime;
  };
  inbox_settings: {
    workspace_id: string;
    person_id: string;
    kind: string;
    in_app: boolean;
    mail: 'none' | 'digest' | 'at-once';
  };
  inbox_digests: { workspace_id: string; person_id: string; at: number };
};
