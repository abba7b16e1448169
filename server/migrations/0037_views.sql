-- Changes of many records in one go, with what stood before, so that they can be taken back; and views of lists that are kept.

create table batches (
  workspace_id uuid not null,
  id uuid not null,
  object text not null,
  action text not null check (action in ('change', 'remove')),
  change jsonb not null,
  filters jsonb,                          -- null: records that were named one by one
  state text not null check (state in ('gathering', 'running', 'done', 'undoing', 'undone', 'failed')),
  total integer not null default 0,
  done integer not null default 0,
  changed integer not null default 0,
  skipped integer not null default 0,     -- out of reach by then, or refused by a rule of their own
  restored integer not null default 0,
  kept integer not null default 0,        -- of those to be restored: changed again since
  attempts integer not null default 0,
  by_id uuid not null,
  at timestamptz(3) not null,
  settled_at timestamptz(3),
  undone_by uuid,
  undone_at timestamptz(3),
  primary key (workspace_id, id)
);
create index batches_author on batches (workspace_id, by_id, id);
create index batches_old on batches (workspace_id, at);
call fence('batches');

create table batch_records (
  workspace_id uuid not null,
  batch_id uuid not null,
  record_id uuid not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'changed', 'same', 'skipped', 'restored', 'kept')),
  why text,
  before jsonb,
  after jsonb,
  primary key (workspace_id, batch_id, record_id),
  foreign key (workspace_id, batch_id) references batches on delete cascade
);
create index batch_records_next on batch_records (workspace_id, batch_id, state, record_id);
call fence('batch_records');

create table saved_views (
  workspace_id uuid not null,
  id uuid not null,
  object text not null,
  name text not null,
  owner_id uuid not null,
  audience text not null check (audience in ('own', 'team', 'all')),
  team_id uuid,
  filters jsonb not null,
  sort text,
  columns text[],
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null default 1,
  primary key (workspace_id, id),
  check ((audience = 'team') = (team_id is not null))
);
create index saved_views_object on saved_views (workspace_id, object, name, id);
call fence('saved_views');
