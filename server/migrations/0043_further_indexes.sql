-- The order in which exports read, and lists by when a record was made.
create index orders_created on orders (workspace_id, created_at, id) where deleted_at is null;
create index orders_owner_created on orders (workspace_id, owner_id, created_at, id) where deleted_at is null;
create index orders_team_created on orders (workspace_id, team_id, created_at, id) where deleted_at is null;
create index tasks_created on tasks (workspace_id, created_at, id) where deleted_at is null;
create index tasks_owner_created on tasks (workspace_id, owner_id, created_at, id) where deleted_at is null;
create index deals_created on deals (workspace_id, created_at, id) where deleted_at is null;
create index deals_owner_created on deals (workspace_id, owner_id, created_at, id) where deleted_at is null;
create index deals_team_created on deals (workspace_id, team_id, created_at, id) where deleted_at is null;

-- All workspaces share a table, so that each key makes work for all: sixty-four and no more. Where somebody writes and
-- writes there is none either: lists are sorted without it.
create or replace function index_custom_field(target text, field text) returns void language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set lock_timeout = '3s' as $$
begin
  if field !~ '^[a-z][a-z0-9_]{0,39}$' or not exists (
    select from information_schema.columns where table_schema = 'public' and table_name = target and column_name = 'custom_sort')
  then raise exception 'no such table or field'; end if;
  if (select count(*) from pg_indexes where schemaname = 'public' and tablename = target
      and indexname like replace(target, '_', '\_') || '\_x\_%') >= 64 then return; end if;
  execute format('create index if not exists %I on %I (workspace_id, (coalesce(custom_sort->>%L, chr(1114111)) collate "C"), id) where deleted_at is null',
    left(target || '_x_' || field, 63), target, field);
exception when lock_not_available then return;
end $$;
