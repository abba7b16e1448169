-- The CRM's first rooms: customers, contacts, activities (follow-ups), imports.

-- Reach is kept in two columns, owner_id and team_id: the team is always that of the owner (ownerless records stay
-- with a team or with nobody). Every order a list offers has one index for each reach, so that a page costs the same
-- at a million rows as at ten thousand; each serves both directions.
create table customers (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  name_key text not null,                 -- folded for duplicates: NFKC, lower case, no spaces, punctuation or company suffix
  name_sort text collate "C" not null,    -- folded for order: Chinese by pinyin
  phone text,
  phone_digits text,
  email text,                             -- lower case
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
  due_at timestamptz(3) generated always as (coalesce(next_follow_up_at, 'infinity')) stored,   -- for order: none comes last
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
create index customers_updated on customers (workspace_id, updated_at, id) where deleted_at is null;
create index customers_owner_updated on customers (workspace_id, owner_id, updated_at, id) where deleted_at is null;
create index customers_team_updated on customers (workspace_id, team_id, updated_at, id) where deleted_at is null;
create index customers_created on customers (workspace_id, created_at, id) where deleted_at is null;
create index customers_owner_created on customers (workspace_id, owner_id, created_at, id) where deleted_at is null;
create index customers_team_created on customers (workspace_id, team_id, created_at, id) where deleted_at is null;
create index customers_name on customers (workspace_id, name_sort, id) where deleted_at is null;
create index customers_owner_name on customers (workspace_id, owner_id, name_sort, id) where deleted_at is null;
create index customers_team_name on customers (workspace_id, team_id, name_sort, id) where deleted_at is null;
create index customers_due on customers (workspace_id, due_at, id) where deleted_at is null;
create index customers_owner_due on customers (workspace_id, owner_id, due_at, id) where deleted_at is null;
create index customers_team_due on customers (workspace_id, team_id, due_at, id) where deleted_at is null;
create index customers_bin on customers (workspace_id, deleted_at, id) where deleted_at is not null;
create index customers_owner_bin on customers (workspace_id, owner_id, deleted_at, id) where deleted_at is not null;
create index customers_team_bin on customers (workspace_id, team_id, deleted_at, id) where deleted_at is not null;
create index customers_name_key on customers (workspace_id, name_key) where deleted_at is null;
create index customers_foreign on customers (workspace_id, foreign_id) where foreign_id is not null;
create index customers_import on customers (workspace_id, import_id) where import_id is not null;
call fence('customers');

create table contacts (
  workspace_id uuid not null,
  id uuid not null,
  customer_id uuid,
  name text not null,
  name_sort text collate "C" not null,
  title text,
  phone text,
  phone_digits text,
  email text,
  wechat text,
  is_primary boolean not null default false,
  remark text,
  owner_id uuid,                          -- those of the customer, where there is one
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
create index contacts_customer on contacts (workspace_id, customer_id, id);
create index contacts_updated on contacts (workspace_id, updated_at, id) where deleted_at is null;
create index contacts_owner_updated on contacts (workspace_id, owner_id, updated_at, id) where deleted_at is null;
create index contacts_team_updated on contacts (workspace_id, team_id, updated_at, id) where deleted_at is null;
create index contacts_created on contacts (workspace_id, created_at, id) where deleted_at is null;
create index contacts_owner_created on contacts (workspace_id, owner_id, created_at, id) where deleted_at is null;
create index contacts_team_created on contacts (workspace_id, team_id, created_at, id) where deleted_at is null;
create index contacts_name on contacts (workspace_id, name_sort, id) where deleted_at is null;
create index contacts_owner_name on contacts (workspace_id, owner_id, name_sort, id) where deleted_at is null;
create index contacts_team_name on contacts (workspace_id, team_id, name_sort, id) where deleted_at is null;
create index contacts_bin on contacts (workspace_id, deleted_at, id) where deleted_at is not null;
create index contacts_owner_bin on contacts (workspace_id, owner_id, deleted_at, id) where deleted_at is not null;
create index contacts_team_bin on contacts (workspace_id, team_id, deleted_at, id) where deleted_at is not null;
create index contacts_phone_digits on contacts (workspace_id, phone_digits) where deleted_at is null and phone_digits is not null;
create index contacts_email on contacts (workspace_id, email) where deleted_at is null and email is not null;
create index contacts_foreign on contacts (workspace_id, foreign_id) where foreign_id is not null;
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
  owner_id uuid,                          -- those of the customer
  team_id uuid,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null default 1,
  deleted_at timestamptz(3),
  deleted_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade
);
create index activities_customer on activities (workspace_id, customer_id, at, id);
create index activities_newest on activities (workspace_id, at, id) where deleted_at is null;
create index activities_owner on activities (workspace_id, owner_id, at, id) where deleted_at is null;
create index activities_team on activities (workspace_id, team_id, at, id) where deleted_at is null;
create index activities_author on activities (workspace_id, author_id, at, id) where deleted_at is null;
call fence('activities');

-- What belongs to a customer goes where he goes: to another owner, into the bin, and back out of it.
create function customers_carry() returns trigger language plpgsql as $$
begin
  if new.deleted_at is distinct from old.deleted_at then
    update contacts set deleted_at = new.deleted_at, deleted_by = new.deleted_by
      where workspace_id = new.workspace_id and customer_id = new.id and deleted_at is not distinct from old.deleted_at;
    update activities set deleted_at = new.deleted_at, deleted_by = new.deleted_by
      where workspace_id = new.workspace_id and customer_id = new.id and deleted_at is not distinct from old.deleted_at;
  end if;
  if new.owner_id is distinct from old.owner_id or new.team_id is distinct from old.team_id then
    update contacts set owner_id = new.owner_id, team_id = new.team_id
      where workspace_id = new.workspace_id and customer_id = new.id;
    update activities set owner_id = new.owner_id, team_id = new.team_id
      where workspace_id = new.workspace_id and customer_id = new.id;
  end if;
  return null;
end $$;
create trigger customers_carry after update of owner_id, team_id, deleted_at on customers for each row
  when (new.owner_id is distinct from old.owner_id or new.team_id is distinct from old.team_id
        or new.deleted_at is distinct from old.deleted_at)
  execute function customers_carry();

-- Whoever changes team takes along what he owns.
create function people_carry() returns trigger language plpgsql as $$
begin
  update customers set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id;
  update contacts set team_id = new.team_id
    where workspace_id = new.workspace_id and owner_id = new.id and customer_id is null;
  return null;
end $$;
create trigger people_carry after update of team_id on people for each row
  when (new.team_id is distinct from old.team_id) execute function people_carry();

-- Search keys: pairs of characters of the name, four digits in a row of the phone, parts of the e-mail address, and
-- the values one filters by; each begins with a mark of its workspace. The array operators are not leakproof, so that
-- no index serves them behind a fence; the functions below look in as the tables' owner, who is let through by these
-- two fences alone, and name the workspace themselves. What they find is checked again behind the customers' fence.
create table customer_keys (
  workspace_id uuid not null,
  id uuid not null,
  keys text[] not null,
  primary key (workspace_id, id)
);
-- A short list of pending keys: whoever fills it up sorts it in, and should not wait a second for that.
create index customer_keys_keys on customer_keys using gin (keys) with (gin_pending_list_limit = 1024);
call fence('customer_keys');
alter table customer_keys no force row level security;

create table contact_keys (
  workspace_id uuid not null,
  id uuid not null,
  keys text[] not null,
  primary key (workspace_id, id)
);
create index contact_keys_keys on contact_keys using gin (keys) with (gin_pending_list_limit = 1024);
call fence('contact_keys');
alter table contact_keys no force row level security;

-- Keys go with their record; a foreign key would say the same and cost every insert a look.
create function keys_go() returns trigger language plpgsql as $$
begin
  execute format('delete from %I where workspace_id = $1 and id = $2', tg_argv[0]) using old.workspace_id, old.id;
  return null;
end $$;
create trigger keys_go after delete on customers for each row execute function keys_go('customer_keys');
create trigger keys_go after delete on contacts for each row execute function keys_go('contact_keys');

-- Records that have all keys of any of three sets.
create function customers_with(a text[], b text[], c text[]) returns setof uuid
  language sql stable security definer rows 1000 set search_path = pg_catalog, public
  as $$ select id from customer_keys where workspace_id = current_workspace() and (keys @> a or keys @> b or keys @> c) $$;
create function contacts_with(a text[], b text[], c text[]) returns setof uuid
  language sql stable security definer rows 1000 set search_path = pg_catalog, public
  as $$ select id from contact_keys where workspace_id = current_workspace() and (keys @> a or keys @> b or keys @> c) $$;

-- How many rows the table of keys has, and what share of them each of the wanted keys, as far as it is among the
-- common ones: statistics that ANALYZE keeps.
create function key_shares(target text, wanted text[]) returns table (total real, key text, share real)
  language sql stable security definer rows 10 set search_path = pg_catalog, public
  as $$
    with common as (
      select u.key, u.share from pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as u (key, share)
      where s.schemaname = 'public' and s.tablename = target and s.attname = 'keys'
    )
    select (select greatest(reltuples, 0) from pg_class where oid = target::regclass), w.key, coalesce(common.share, 0)
    from unnest(wanted) as w (key) left join common on common.key = w.key
    where target in ('customer_keys', 'contact_keys')
  $$;

create table imports (
  workspace_id uuid not null,
  id uuid not null,
  object text not null check (object in ('customer', 'contact')),
  file_name text not null,
  file_path text not null,                -- below the data folder
  encoding text not null,
  delimiter text not null,
  columns jsonb not null default '[]',    -- names, samples, suggestions
  mapping jsonb not null default '{}',
  options jsonb not null default '{}',
  state text not null check (state in ('uploaded', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone')),
  total integer not null,
  done integer not null default 0,        -- rows settled; commits together with the rows
  created integer not null default 0,
  updated integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  removed integer not null default 0,
  kept integer not null default 0,
  attempts integer not null default 0,    -- runs since a batch last came through
  problem text,
  created_by uuid,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id)
);
create index imports_newest on imports (workspace_id, id desc);
create index imports_person on imports (workspace_id, created_by, id desc);
call fence('imports');

create table import_faults (
  workspace_id uuid not null,
  import_id uuid not null,
  row_number integer not null,            -- as a spreadsheet counts: the headings are row 1
  faults jsonb not null,
  cells jsonb not null,
  primary key (workspace_id, import_id, row_number),
  foreign key (workspace_id, import_id) references imports (workspace_id, id) on delete cascade
);
call fence('import_faults');

-- Fresh statistics for tables that grow by leaps: until the first ANALYZE the planner takes any index for as good as
-- the right one. As the owner, since the application's role may not analyze.
create function freshen_statistics() returns void language plpgsql security definer set search_path = pg_catalog, public
as $$ begin analyze customers, customer_keys, contacts, contact_keys, audit_entries; end $$;
