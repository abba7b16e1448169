-- Orders and tasks are found by keys as customers are: of the title, of the number and its end, of the values of own fields.
create table order_keys (
  workspace_id uuid not null,
  id uuid not null,
  keys text[] not null,
  primary key (workspace_id, id)
);
create index order_keys_keys on order_keys using gin (keys) with (gin_pending_list_limit = 1024);
call fence('order_keys');
alter table order_keys no force row level security;
create trigger keys_go after delete on orders for each row execute function keys_go('order_keys');
create function orders_with(a text[], b text[], c text[]) returns setof uuid
  language sql stable security definer rows 1000 set search_path = pg_catalog, public
  as $$ select id from order_keys where workspace_id = current_workspace() and (keys @> a or keys @> b or keys @> c) $$;

create table task_keys (
  workspace_id uuid not null,
  id uuid not null,
  keys text[] not null,
  primary key (workspace_id, id)
);
create index task_keys_keys on task_keys using gin (keys) with (gin_pending_list_limit = 1024);
call fence('task_keys');
alter table task_keys no force row level security;
create trigger keys_go after delete on tasks for each row execute function keys_go('task_keys');
create function tasks_with(a text[], b text[], c text[]) returns setof uuid
  language sql stable security definer rows 1000 set search_path = pg_catalog, public
  as $$ select id from task_keys where workspace_id = current_workspace() and (keys @> a or keys @> b or keys @> c) $$;

-- What is there already gets its keys at once, but for how titles sound: that is told by the server, some at a time.
create function first_keys(workspace uuid, title text, number text, custom jsonb) returns text[] language sql immutable
  as $$
    with folded as (select regexp_replace(lower(normalize(title, NFKC)), '\s', '', 'g') as name, right(workspace::text, 4) as mark,
      regexp_replace(lower(normalize(coalesce(number, ''), NFKC)), '[-_/.#\s]', '', 'g') as number)
    select array(
      select mark || 'n' || substr(name, i, 2) from folded, generate_series(1, length(name) - 1) i
      union select mark || 'd' || substr(number, i, 4) from folded, generate_series(1, length(number) - 3) i
      union select mark || 'w' || left(number, i) from folded, generate_series(2, 3) i where length(number) >= i
      union select mark || 's' || ltrim(substring(number from '(\d+)\D*$'), '0') from folded where number ~ '\d'
      union select mark || 'x' || e.key || '=' || e.value from folded, jsonb_each_text(custom) e where length(e.value) <= 80)
  $$;
insert into order_keys (workspace_id, id, keys) select workspace_id, id, first_keys(workspace_id, title, number, custom) from orders;
insert into task_keys (workspace_id, id, keys) select workspace_id, id, first_keys(workspace_id, title, null, custom) from tasks;
drop function first_keys(uuid, text, text, jsonb);

-- Instalments that nobody has been told of yet, and those that were told of before they were due.
create index order_instalments_untold on order_instalments (workspace_id, due_at, id) where open > 0 and reminded is null;
create index order_instalments_told_soon on order_instalments (workspace_id, due_at, id) where open > 0 and reminded = 'soon';

-- What is swept by its age.
create index inbox_notices_old on inbox_notices (workspace_id, at);
create index agenda_told_old on agenda_told (workspace_id, told_at);

-- What rules on idle records and on dates look for.
create index customers_touched on customers (workspace_id, (coalesce(last_activity_at, created_at)), id) where deleted_at is null;
create index leads_touched on leads (workspace_id, (coalesce(last_activity_at, created_at)), id)
  where deleted_at is null and status not in ('converted', 'unqualified');
create index deals_expected_open on deals (workspace_id, expected_on, id) where deleted_at is null and kind = 'open';

-- Whoever owns records takes them along into another team: looked up by owner, in the bin as well as out of it.
create index leads_owner_bin on leads (workspace_id, owner_id) where deleted_at is not null;
create index deals_owner_bin on deals (workspace_id, owner_id) where deleted_at is not null;
create index orders_owner_bin on orders (workspace_id, owner_id) where deleted_at is not null;
create index products_owner_bin on products (workspace_id, owner_id) where deleted_at is not null;
create index tasks_owner_bin on tasks (workspace_id, owner_id) where deleted_at is not null;

create or replace function people_carry() returns trigger language plpgsql as $$
begin
  update customers set team_id = new.team_id
    where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is null;
  update customers set team_id = new.team_id
    where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is not null;
  update contacts set team_id = new.team_id
    where workspace_id = new.workspace_id and owner_id = new.id and customer_id is null and deleted_at is null;
  update contacts set team_id = new.team_id
    where workspace_id = new.workspace_id and owner_id = new.id and customer_id is null and deleted_at is not null;
  return null;
end $$;
create or replace function leads_follow_person() returns trigger language plpgsql as $$
begin
  update leads set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is null;
  update leads set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is not null;
  return null;
end $$;
create or replace function deals_follow_person() returns trigger language plpgsql as $$
begin
  update deals set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is null;
  update deals set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is not null;
  return null;
end $$;
create or replace function orders_follow_person() returns trigger language plpgsql as $$
begin
  update orders set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is null;
  update orders set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is not null;
  update products set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is null;
  update products set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is not null;
  return null;
end $$;
create or replace function tasks_follow_person() returns trigger language plpgsql as $$
begin
  update tasks set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is null;
  update tasks set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id and deleted_at is not null;
  return null;
end $$;
