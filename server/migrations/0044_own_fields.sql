-- Leads, quotes and orders, products and tasks take fields of the workspace's own, too; two kinds more: a file of the
-- record, and a link to another record.
call takes_custom_fields('leads');
call takes_custom_fields('orders');
call takes_custom_fields('products');
call takes_custom_fields('tasks');

alter table custom_fields drop constraint custom_fields_kind_check;
alter table custom_fields add constraint custom_fields_kind_check check (kind in
  ('text', 'lines', 'number', 'money', 'date', 'choice', 'person', 'link', 'flag', 'file', 'record'));

-- Whether lists are sorted by the field along an index of its own: a table has sixty-four of them and no more.
alter table custom_fields add column indexed boolean not null default true;
alter table custom_fields alter column indexed set default false;

-- As before, and tells whether there is such an index now.
drop function index_custom_field(text, text);
create function index_custom_field(target text, field text) returns boolean language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set lock_timeout = '3s' as $$
declare
  name text := left(target || '_x_' || field, 63);
begin
  if field !~ '^[a-z][a-z0-9_]{0,39}$' or not exists (
    select from information_schema.columns where table_schema = 'public' and table_name = target and column_name = 'custom_sort')
  then raise exception 'no such table or field'; end if;
  if exists (select from pg_indexes where schemaname = 'public' and tablename = target and indexname = name)
  then return true; end if;
  if (select count(*) from pg_indexes where schemaname = 'public' and tablename = target
      and indexname like replace(target, '_', '\_') || '\_x\_%') >= 64 then return false; end if;
  execute format('create index if not exists %I on %I (workspace_id, (coalesce(custom_sort->>%L, chr(1114111)) collate "C"), id) where deleted_at is null',
    name, target, field);
  return true;
exception when lock_not_available then return false;
end $$;
