-- Search keys of deals: two characters anywhere in a title, and how it sounds.
create table deal_keys (
  workspace_id uuid not null,
  id uuid not null,
  keys text[] not null,
  primary key (workspace_id, id)
);
create index deal_keys_keys on deal_keys using gin (keys) with (gin_pending_list_limit = 1024);
call fence('deal_keys');
-- As for the other keys: the function below names the workspace itself and looks in by the index.
alter table deal_keys no force row level security;
create trigger keys_go after delete on deals for each row execute function keys_go('deal_keys');

create function deals_with(a text[], b text[], c text[]) returns setof uuid
  language sql stable security definer rows 1000 set search_path = pg_catalog, public
  as $$ select id from deal_keys where workspace_id = current_workspace() and (keys @> a or keys @> b or keys @> c) $$;

create or replace function freshen_statistics() returns void language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  analyze customers, customer_keys, contacts, contact_keys, deals, deal_keys, activities, activity_keys, audit_entries;
end $$;
