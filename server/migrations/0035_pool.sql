-- The public pool: customers that nobody looks after lie there until somebody takes them; rules say which come to it.

-- Since when a customer is his owner's; null: since he was made. From the change itself, as the server's clock rules.
alter table customers add column owner_since timestamptz(3);

-- Rules of a team; the zero id stands for all teams without rules of their own.
create table pool_rules (
  workspace_id uuid not null,
  team_id uuid not null,
  active boolean not null,
  idle_days integer check (idle_days between 1 and 3650),           -- without a follow-up; null: never
  dealless_days integer check (dealless_days between 1 and 3650),   -- without anything done to a deal; null: never
  exempt_stages text[] not null default '{}',
  exempt_open_deals boolean not null,
  warn_days integer not null check (warn_days between 0 and 365),
  protect_days integer not null check (protect_days between 0 and 3650),
  claims_per_day integer check (claims_per_day between 1 and 10000),
  claims_per_week integer check (claims_per_week between 1 and 10000),
  holding_cap integer check (holding_cap between 1 and 1000000),
  updated_at timestamptz(3) not null,
  updated_by uuid,
  version integer not null default 1,
  primary key (workspace_id, team_id)
);
call fence('pool_rules');

create table pool_entries (
  workspace_id uuid not null,
  customer_id uuid not null,
  at timestamptz(3) not null,
  from_id uuid,                           -- whose he was
  reason text not null check (reason in ('idle', 'no-deal', 'released')),
  remark text,
  by_id uuid,                             -- null: by the rules
  primary key (workspace_id, customer_id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade
);
create index pool_entries_newest on pool_entries (workspace_id, at, customer_id);
call fence('pool_entries');

create table pool_claims (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  customer_id uuid not null,
  at bigint not null,                     -- milliseconds since 1970
  primary key (workspace_id, id)
);
create index pool_claims_person on pool_claims (workspace_id, person_id, at);
call fence('pool_claims');

-- What its owner has been told: the customer goes no sooner than the days of warning after that.
create table pool_warnings (
  workspace_id uuid not null,
  customer_id uuid not null,
  owner_id uuid not null,
  at bigint not null,                     -- milliseconds since 1970
  primary key (workspace_id, customer_id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade
);
create index pool_warnings_owner on pool_warnings (workspace_id, owner_id);
call fence('pool_warnings');

-- Whose a customer was before, from when until when, and why he went to the pool where he did.
create table customer_holders (
  workspace_id uuid not null,
  id uuid not null default gen_random_uuid(),
  customer_id uuid not null,
  owner_id uuid not null,
  since timestamptz(3) not null,
  until timestamptz(3) not null,
  why text not null,                      -- 'given' to another, or the reason of the pool
  primary key (workspace_id, id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade
);
create index customer_holders_customer on customer_holders (workspace_id, customer_id, until);
call fence('customer_holders');

-- By whatever way a customer changes hands.
create function customers_owner_since() returns trigger language plpgsql as $$
begin
  new.owner_since := case when new.owner_id is null then null else new.updated_at end;
  return new;
end $$;
create trigger customers_owner_since before update of owner_id on customers for each row
  when (new.owner_id is distinct from old.owner_id) execute function customers_owner_since();

create function customers_change_hands() returns trigger language plpgsql as $$
begin
  if old.owner_id is not null then
    insert into customer_holders (workspace_id, customer_id, owner_id, since, until, why)
    values (new.workspace_id, new.id, old.owner_id, coalesce(old.owner_since, old.created_at), new.updated_at,
      coalesce((select reason from pool_entries
        where workspace_id = new.workspace_id and customer_id = new.id and new.owner_id is null), 'given'));
  end if;
  if new.owner_id is not null then
    delete from pool_entries where workspace_id = new.workspace_id and customer_id = new.id;
  end if;
  return null;
end $$;
create trigger customers_change_hands after update of owner_id on customers for each row
  when (new.owner_id is distinct from old.owner_id) execute function customers_change_hands();
