-- Automation (自动化): rules of the kind "when … if … then …", what they did, and how far each reader of the journal is.

-- The place up to which people have been told becomes that of one reader among several.
alter table told_heads rename to journal_readers;
alter table journal_readers add column reader text not null default 'telling';
alter table journal_readers alter column reader drop default;
alter table journal_readers drop constraint told_heads_pkey;
alter table journal_readers add primary key (workspace_id, reader);

create table automation_rules (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  owner_id uuid not null,                 -- with whose rights it acts
  active boolean not null,
  since bigint not null,                  -- switched on, in milliseconds since 1970: what fell due before is left alone
  paused text,                            -- why it was switched off by itself: 'loop', 'owner'
  event jsonb not null,
  conditions jsonb not null,
  actions jsonb not null,
  turn integer not null default 0,        -- whose turn it is where it gives out in rotation
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null default 1,
  primary key (workspace_id, id)
);
call fence('automation_rules');

-- One firing of a rule: written together with how far the journal was read, done once.
create table automation_runs (
  workspace_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  cause text not null,                    -- the entry of the journal, or the record with the moment that fell due
  object_type text not null,
  object_id uuid not null,
  depth integer not null,                 -- how many rules stand before it in a row
  state text not null default 'waiting' check (state in ('waiting', 'done', 'skipped', 'failed')),
  problem text,
  outcome jsonb not null default '[]',
  attempts integer not null default 0,
  at timestamptz(3) not null,
  ended_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, rule_id) references automation_rules (workspace_id, id) on delete cascade
);
create unique index automation_runs_once on automation_runs (workspace_id, rule_id, cause);
create index automation_runs_newest on automation_runs (workspace_id, rule_id, id);
create index automation_runs_record on automation_runs (workspace_id, rule_id, object_id, at);
create index automation_runs_old on automation_runs (workspace_id, at);
call fence('automation_runs');

-- What a run tells other systems: sent after it has committed, tried again by its queue.
create table automation_calls (
  workspace_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  hook_id uuid not null,
  data jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  problem text,
  attempts integer not null default 0,
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, run_id) references automation_runs (workspace_id, id) on delete cascade
);
create index automation_calls_run on automation_calls (workspace_id, run_id);
call fence('automation_calls');
