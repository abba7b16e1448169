-- Words in follow-ups are found whatever their age.

-- The keys are numbers, as there are so many: two runs of characters may share one, so what is found is looked at again.
create table activity_keys (
  workspace_id uuid not null,
  id uuid not null,
  keys integer[] not null,
  primary key (workspace_id, id)
);
create index activity_keys_keys on activity_keys using gin (keys) with (gin_pending_list_limit = 1024);
call fence('activity_keys');
-- As for the other keys: the function below names the workspace itself and looks in by the index.
alter table activity_keys no force row level security;
create trigger keys_go after delete on activities for each row execute function keys_go('activity_keys');

create function activities_with(a integer[], b integer[], c integer[]) returns setof uuid
  language sql stable security definer rows 200 set search_path = pg_catalog, public
  as $$ select id from activity_keys where workspace_id = current_workspace() and (keys @> a or keys @> b or keys @> c) $$;

create or replace function freshen_statistics() returns void language plpgsql security definer set search_path = pg_catalog, public
as $$ begin analyze customers, customer_keys, contacts, contact_keys, deals, activities, activity_keys, audit_entries; end $$;
