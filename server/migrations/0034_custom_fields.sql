-- Fields that a workspace adds to its records. Values lie with the record, `custom` as they are and `custom_sort` as text
-- whose byte order is theirs.

create table custom_fields (
  workspace_id uuid not null,
  id uuid not null,
  object text not null,
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  label text not null,
  label_other text,                       -- the label in the other of the two languages
  kind text not null check (kind in ('text', 'lines', 'number', 'money', 'date', 'choice', 'person', 'link', 'flag')),
  options jsonb not null default '{}',    -- choices with their ids; a currency
  required boolean not null default false,
  position integer not null,
  archived_at timestamptz(3),             -- values stay where they are
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null default 1,
  primary key (workspace_id, id)
);
create unique index custom_fields_key on custom_fields (workspace_id, object, key);
call fence('custom_fields');

create procedure takes_custom_fields(target text) language plpgsql as $$
begin
  execute format('alter table %I add column custom jsonb not null default ''{}'', add column custom_sort jsonb not null default ''{}''', target);
end $$;
call takes_custom_fields('customers');
call takes_custom_fields('contacts');
call takes_custom_fields('deals');

-- One index for each field that lists are sorted by; as the owner, since the application's role makes none. Records
-- without a value come last.
create function index_custom_field(target text, field text) returns void language plpgsql security definer
  set search_path = pg_catalog, public as $$
begin
  if field !~ '^[a-z][a-z0-9_]{0,39}$' or not exists (
    select from information_schema.columns where table_schema = 'public' and table_name = target and column_name = 'custom_sort')
  then raise exception 'no such table or field'; end if;
  execute format('create index if not exists %I on %I (workspace_id, (coalesce(custom_sort->>%L, chr(1114111)) collate "C"), id) where deleted_at is null',
    left(target || '_x_' || field, 63), target, field);
end $$;
