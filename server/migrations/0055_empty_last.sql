-- Lists in descending order of a field of the workspace's own show records without a value last as well. Backwards these
-- come first along the index, so that records with a value have one of their own; what is empty takes no room in it.
create function index_filled_field(target text, field text) returns void language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set lock_timeout = '3s' as $$
begin
  if field !~ '^[a-z][a-z0-9_]{0,39}$' or not exists (
    select from information_schema.columns where table_schema = 'public' and table_name = target and column_name = 'custom_sort')
  then raise exception 'no such table or field'; end if;
  execute format('create index if not exists %I on %I (workspace_id, (coalesce(custom_sort->>%L, chr(1114111)) collate "C"), id) where deleted_at is null and custom_sort->>%L is not null',
    left(target || '_v_' || field, 63), target, field, field);
end $$;

-- As before, with the second index beside each.
create or replace function index_custom_field(target text, field text) returns boolean language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set lock_timeout = '3s' as $$
declare
  name text := left(target || '_x_' || field, 63);
begin
  if field !~ '^[a-z][a-z0-9_]{0,39}$' or not exists (
    select from information_schema.columns where table_schema = 'public' and table_name = target and column_name = 'custom_sort')
  then raise exception 'no such table or field'; end if;
  if not exists (select from pg_indexes where schemaname = 'public' and tablename = target and indexname = name) then
    if (select count(*) from pg_indexes where schemaname = 'public' and tablename = target
        and indexname like replace(target, '_', '\_') || '\_x\_%') >= 64 then return false; end if;
    execute format('create index if not exists %I on %I (workspace_id, (coalesce(custom_sort->>%L, chr(1114111)) collate "C"), id) where deleted_at is null',
      name, target, field);
  end if;
  perform index_filled_field(target, field);
  return true;
exception when lock_not_available then return false;
end $$;

-- For the fields that there are.
do $$
declare
  found record;
begin
  for found in
    select tablename as target, substr(indexname, length(tablename || '_x_') + 1) as field from pg_indexes
    where schemaname = 'public' and indexname like replace(tablename, '_', '\_') || '\_x\_%' and indexdef like '%custom_sort%'
  loop
    perform index_filled_field(found.target, found.field);
  end loop;
end $$;
