-- Intake: customer information that comes in from outside, and the keys under which it may.

-- A key belongs to the workspace, not to who made it. Only a hash of its secret is kept; none once it is deleted, while
-- the row stays for the name of what came in under it.
create table intake_keys (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  key_hash bytea,
  source text not null,                   -- written into the customers that come of it
  owner_id uuid,                          -- whose they are; with neither owner nor team they wait for a person
  team_id uuid,
  origins text[] not null default '{}',   -- sites whose pages may send in a browser
  active boolean not null default true,
  received bigint not null default 0,
  turned_away bigint not null default 0,  -- refused as too many in a minute
  last_used_at timestamptz(3),
  created_at timestamptz(3) not null,
  created_by uuid,
  deleted_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, key_hash)
);
call fence('intake_keys');

-- What came in, as it came; the fingerprint falls away when the same body may count as new again.
create table intake_entries (
  workspace_id uuid not null,
  id uuid not null,                       -- the receipt
  key_id uuid not null,
  at timestamptz(3) not null,
  address text,
  content_type text not null,
  raw bytea not null,
  fingerprint bytea,
  parsed jsonb,                           -- fields read from raw, and what was recognised in them
  state text not null default 'received' check (state in ('received', 'accepted', 'duplicate', 'rejected')),
  problem text,                           -- why it waits for a person
  customer_id uuid,
  handled_by uuid,                        -- nobody: by itself
  handled_at timestamptz(3),
  reason text,
  primary key (workspace_id, id),
  unique (workspace_id, key_id, fingerprint),
  foreign key (workspace_id, key_id) references intake_keys (workspace_id, id)
);
create index intake_entries_newest on intake_entries (workspace_id, at, id);
create index intake_entries_state on intake_entries (workspace_id, state, at, id);
create index intake_entries_key on intake_entries (workspace_id, key_id, at);
call fence('intake_entries');
