// The shapes of tables of search keys, and of the one that keeps how far they have been made anew.
import type { Generated } from 'kysely';
import type { Nullable, NullableTime } from './columns.ts';

/** The keys of a record, and what puts it into order and within reach without reading it; left out, that is looked up. */
export type SearchKeys = {
  workspace_id: string;
  id: string;
  keys: number[];
  owner_id: Nullable<string>;
  team_id: Nullable<string>;
  at: NullableTime;
  live: Generated<boolean>;
};

export type SearchTables = {
  rekeyed: {
    workspace_id: string;
    target: string;
    version: number;
    after_id: Nullable<string>;
    done_at: NullableTime;
  };
};
