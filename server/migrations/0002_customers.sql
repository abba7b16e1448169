-- The CRM's first rooms: customers, contacts, activities (follow-ups), imports.

create table customers (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  name_key text not null,                 -- folded for duplicates and sorting: NFKC, lower case, no spaces or company suffix
  phone text,
  phone_digits text,
  email text,
  website text,
  industry text,
  source text,
  level text,                             -- key account, normal, small …
  stage text not null default 'new' check (stage in ('new', 'contacted', 'interested', 'negotiating', 'won', 'lost')),
  address text,
  city text,
  remark text,
  tags text[] not null default '{}',
  owner_id uuid,
  team_id uuid,
  foreign_id text,
  next_follow_up_at timestamptz(3),
  last_activity_at timestamptz(3),
  created_at timestamptz(3) not null,
  created_by uuid,
  updated_at timestamptz(3) not null,
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz(3),
  deleted_by uuid,
  import_id uuid,
  primary key (workspace_id, id)
);
create index customers_updated on customers (workspace_id, updated_at desc, id desc) where deleted_at is null;
create index customers_created on customers (workspace_id, created_at desc, id desc) where deleted_at is null;
create index customers_name on customers (workspace_id, name, id) where deleted_at is null;
create index customers_owner_updated on customers (workspace_id, owner_id, updated_at desc, id desc) where deleted_at is null;
create index customers_team_updated on customers (workspace_id, team_id, updated_at desc, id desc) where deleted_at is null;
create index customers_stage_updated on customers (workspace_id, stage, updated_at desc, id desc) where deleted_at is null;
create index customers_name_key on customers (workspace_id, name_key) where deleted_at is null;
create index customers_phone_digits on customers (workspace_id, phone_digits) where deleted_at is null and phone_digits is not null;
create index customers_foreign on customers (workspace_id, foreign_id) where foreign_id is not null;
create index customers_bin on customers (workspace_id, deleted_at desc, id desc) where deleted_at is not null;
create index customers_import on customers (workspace_id, import_id) where import_id is not null;
call fence('customers');

create table contacts (
  workspace_id uuid not null,
  id uuid not null,
  customer_id uuid,
  name text not null,
  title text,
  phone text,
  phone_digits text,
  email text,
  wechat text,
  is_primary boolean not null default false,
  remark text,
  owner_id uuid,
  team_id uuid,
  foreign_id text,
  created_at timestamptz(3) not null,
  created_by uuid,
  updated_at timestamptz(3) not null,
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz(3),
  deleted_by uuid,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade
);
create index contacts_customer on contacts (workspace_id, customer_id, id) where deleted_at is null;
create index contacts_updated on contacts (workspace_id, updated_at desc, id desc) where deleted_at is null;
create index contacts_name on contacts (workspace_id, name, id) where deleted_at is null;
create index contacts_owner_updated on contacts (workspace_id, owner_id, updated_at desc, id desc) where deleted_at is null;
create index contacts_import on contacts (workspace_id, import_id) where import_id is not null;
call fence('contacts');

create table activities (
  workspace_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  contact_id uuid,
  kind text not null check (kind in ('call', 'visit', 'meeting', 'note', 'email', 'message')),
  body text not null,
  at timestamptz(3) not null,
  author_id uuid,
  next_step text,
  next_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null default 1,
  deleted_at timestamptz(3),
  deleted_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade
);
create index activities_customer on activities (workspace_id, customer_id, at desc, id desc) where deleted_at is null;
create index activities_newest on activities (workspace_id, at desc, id desc) where deleted_at is null;
create index activities_author on activities (workspace_id, author_id, at desc, id desc) where deleted_at is null;
call fence('activities');

create table imports (
  workspace_id uuid not null,
  id uuid not null,
  object text not null check (object in ('customer', 'contact')),
  file_name text not null,
  file_path text not null,                -- below the data folder
  encoding text not null,
  delimiter text not null,
  mapping jsonb not null default '{}',
  options jsonb not null default '{}',
  state text not null check (state in ('uploaded', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone')),
  total integer,
  done integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  problem text,
  created_by uuid,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id)
);
create index imports_newest on imports (workspace_id, created_at desc, id desc);
call fence('imports');

create table import_faults (
  workspace_id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  field text,
  code text not null,
  value text,
  row jsonb not null,
  primary key (workspace_id, import_id, row_number),
  foreign key (workspace_id, import_id) references imports (workspace_id, id) on delete cascade
);
call fence('import_faults');
