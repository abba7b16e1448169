-- Imports of further objects, from further formats, with what they wrote over; exports with their progress.

alter table imports drop constraint imports_object_check;
alter table imports add constraint imports_object_check
  check (object in ('customer', 'contact', 'deal', 'activity', 'lead', 'product', 'order', 'task'));
alter table imports add column format text not null default 'csv' check (format in ('csv', 'xlsx', 'vcard', 'jsonl'));
alter table imports add column restored integer not null default 0;   -- records given back their values by undo

alter table deals add column foreign_id text;
alter table deals add column import_id uuid;
create index deals_foreign on deals (workspace_id, foreign_id) where foreign_id is not null;
create index deals_import on deals (workspace_id, import_id) where import_id is not null;
alter table activities add column foreign_id text;
alter table activities add column import_id uuid;
create index activities_foreign on activities (workspace_id, foreign_id) where foreign_id is not null;
create index activities_import on activities (workspace_id, import_id) where import_id is not null;

-- What records were before an import wrote over them; undo gives it back where nobody has changed them since.
create table import_befores (
  workspace_id uuid not null,
  import_id uuid not null,
  object text not null,
  record_id uuid not null,
  before jsonb not null,                  -- as the record's room told it, for that room to take back
  version integer not null,               -- the record's version as the import left it
  primary key (workspace_id, import_id, object, record_id),
  foreign key (workspace_id, import_id) references imports (workspace_id, id) on delete cascade
);
call fence('import_befores');

create table exports (
  workspace_id uuid not null,
  id uuid not null,
  object text not null,
  format text not null,
  filters jsonb not null default '{}',
  language text not null,
  state text not null check (state in ('ready', 'running', 'done', 'broken')),
  done bigint not null default 0,         -- records written
  created_by uuid,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id)
);
create index exports_person on exports (workspace_id, created_by, id desc);
call fence('exports');

create or replace function freshen_statistics() returns void language plpgsql security definer set search_path = pg_catalog, public
as $$ begin analyze customers, customer_keys, contacts, contact_keys, deals, activities, audit_entries; end $$;
