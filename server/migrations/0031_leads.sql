-- Leads: people who may become customers; what was done with them; and what became of them.

create table leads (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,                     -- the person
  name_sort text collate "C" not null,
  company text,
  company_key text,                       -- folded as customers.name_key is
  title text,
  phone text,
  phone_digits text,
  email text,                             -- lower case
  wechat text,
  source text,
  city text,
  address text,
  remark text,
  tags text[] not null default '{}',
  status text not null default 'new' check (status in ('new', 'contacted', 'qualified', 'unqualified', 'converted')),
  unqualified_reason text,
  unqualified_remark text,
  score smallint check (score between 0 and 100),
  owner_id uuid,
  team_id uuid,
  foreign_id text,
  next_follow_up_at timestamptz(3),
  due_at timestamptz(3) generated always as (coalesce(next_follow_up_at, 'infinity')) stored,   -- for order: none comes last
  last_activity_at timestamptz(3),
  converted_at timestamptz(3),
  converted_by uuid,
  customer_id uuid,                       -- what became of it
  contact_id uuid,
  deal_id uuid,
  created_at timestamptz(3) not null,
  created_by uuid,
  updated_at timestamptz(3) not null,
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz(3),
  deleted_by uuid,
  import_id uuid,
  primary key (workspace_id, id),
  check ((status = 'unqualified') = (unqualified_reason is not null)),
  check ((status = 'converted') = (converted_at is not null))
);
create index leads_updated on leads (workspace_id, updated_at, id) where deleted_at is null;
create index leads_owner_updated on leads (workspace_id, owner_id, updated_at, id) where deleted_at is null;
create index leads_team_updated on leads (workspace_id, team_id, updated_at, id) where deleted_at is null;
create index leads_created on leads (workspace_id, created_at, id) where deleted_at is null;
create index leads_owner_created on leads (workspace_id, owner_id, created_at, id) where deleted_at is null;
create index leads_team_created on leads (workspace_id, team_id, created_at, id) where deleted_at is null;
create index leads_name on leads (workspace_id, name_sort, id) where deleted_at is null;
create index leads_due on leads (workspace_id, due_at, id) where deleted_at is null;
create index leads_owner_due on leads (workspace_id, owner_id, due_at, id) where deleted_at is null;
create index leads_team_due on leads (workspace_id, team_id, due_at, id) where deleted_at is null;
create index leads_bin on leads (workspace_id, deleted_at, id) where deleted_at is not null;
create index leads_company on leads (workspace_id, company_key) where deleted_at is null and company_key is not null;
create index leads_phone on leads (workspace_id, phone_digits) where deleted_at is null and phone_digits is not null;
create index leads_email on leads (workspace_id, email) where deleted_at is null and email is not null;
create index leads_customer on leads (workspace_id, customer_id) where customer_id is not null;
create index leads_foreign on leads (workspace_id, foreign_id) where foreign_id is not null;
create index leads_import on leads (workspace_id, import_id) where import_id is not null;
call fence('leads');

-- Search keys as those of customers, of the person's name and the company's.
create table lead_keys (
  workspace_id uuid not null,
  id uuid not null,
  keys text[] not null,
  primary key (workspace_id, id)
);
create index lead_keys_keys on lead_keys using gin (keys) with (gin_pending_list_limit = 1024);
call fence('lead_keys');
alter table lead_keys no force row level security;
create trigger keys_go after delete on leads for each row execute function keys_go('lead_keys');

create function leads_with(a text[], b text[], c text[]) returns setof uuid
  language sql stable security definer rows 1000 set search_path = pg_catalog, public
  as $$ select id from lead_keys where workspace_id = current_workspace() and (keys @> a or keys @> b or keys @> c) $$;

-- Any table of keys, so that the next one need not be named here.
create or replace function key_shares(target text, wanted text[]) returns table (total real, key text, share real)
  language sql stable security definer rows 10 set search_path = pg_catalog, public
  as $$
    with common as (
      select u.key, u.share from pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as u (key, share)
      where s.schemaname = 'public' and s.tablename = target and s.attname = 'keys'
    )
    select (select greatest(reltuples, 0) from pg_class where oid = target::regclass), w.key, coalesce(common.share, 0)
    from unnest(wanted) as w (key) left join common on common.key = w.key
    where target ~ '^[a-z]+_keys$'
  $$;

-- An activity is with a customer, with a lead, or was with a lead that has become the customer.
alter table activities alter column customer_id drop not null;
alter table activities add column lead_id uuid;
alter table activities add constraint activities_lead foreign key (workspace_id, lead_id) references leads (workspace_id, id) on delete cascade;
alter table activities add constraint activities_whose check (customer_id is not null or lead_id is not null);
create index activities_lead on activities (workspace_id, lead_id, at, id) where lead_id is not null;

-- What belongs to a lead goes where it goes, until it has gone over to the customer.
create function leads_carry() returns trigger language plpgsql as $$
begin
  if new.deleted_at is distinct from old.deleted_at then
    update activities set deleted_at = new.deleted_at, deleted_by = new.deleted_by
      where workspace_id = new.workspace_id and lead_id = new.id and customer_id is null
        and deleted_at is not distinct from old.deleted_at;
  end if;
  if new.owner_id is distinct from old.owner_id or new.team_id is distinct from old.team_id then
    update activities set owner_id = new.owner_id, team_id = new.team_id
      where workspace_id = new.workspace_id and lead_id = new.id and customer_id is null;
  end if;
  return null;
end $$;
create trigger leads_carry after update of owner_id, team_id, deleted_at on leads for each row
  when (new.owner_id is distinct from old.owner_id or new.team_id is distinct from old.team_id
        or new.deleted_at is distinct from old.deleted_at)
  execute function leads_carry();

create function leads_follow_person() returns trigger language plpgsql as $$
begin
  update leads set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id;
  return null;
end $$;
create trigger leads_follow_person after update of team_id on people for each row
  when (new.team_id is distinct from old.team_id) execute function leads_follow_person();

-- A key files what comes in as a customer, as those that were there already do, or as a lead.
alter table intake_keys add column files_as text not null default 'customer' check (files_as in ('customer', 'lead'));
alter table intake_entries add column lead_id uuid;
