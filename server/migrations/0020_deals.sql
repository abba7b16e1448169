-- Deals: pipelines with their stages, deals, and every move of a deal from stage to stage.

create table pipelines (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  position integer not null,
  is_default boolean not null default false,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null default 1,
  deleted_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index pipelines_default on pipelines (workspace_id) where is_default and deleted_at is null;
call fence('pipelines');

create table deal_stages (
  workspace_id uuid not null,
  id uuid not null,
  pipeline_id uuid not null,
  name text not null,
  position integer not null,
  kind text not null check (kind in ('open', 'won', 'lost')),   -- stays once a deal has been there
  probability integer not null check (probability between 0 and 100),
  required_fields text[] not null default '{}',
  ageing_days integer check (ageing_days between 1 and 3650),
  deleted_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, pipeline_id) references pipelines (workspace_id, id)
);
create index deal_stages_pipeline on deal_stages (workspace_id, pipeline_id, position);
call fence('deal_stages');

-- Reach as with customers: owner_id and the team of the owner. One index for each order and reach.
create table deals (
  workspace_id uuid not null,
  id uuid not null,
  title text not null,
  customer_id uuid not null,
  contact_id uuid,
  amount bigint not null default 0 check (amount >= 0),         -- in minor units; 0 is not known yet
  currency text not null default 'CNY',
  pipeline_id uuid not null,
  stage_id uuid not null,
  kind text not null check (kind in ('open', 'won', 'lost')),   -- that of the stage
  stage_since timestamptz(3) not null,
  probability integer check (probability between 0 and 100),    -- null: that of the stage
  expected_on date,
  expected_at timestamptz(3) generated always as (coalesce(expected_on::timestamp at time zone 'UTC', 'infinity')) stored,
  source text,
  lost_reason text,
  lost_remark text,
  next_step text,
  owner_id uuid,
  team_id uuid,
  created_at timestamptz(3) not null,
  created_by uuid,
  updated_at timestamptz(3) not null,
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz(3),
  deleted_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade,
  foreign key (workspace_id, pipeline_id) references pipelines (workspace_id, id),
  foreign key (workspace_id, stage_id) references deal_stages (workspace_id, id)
);
create index deals_updated on deals (workspace_id, updated_at, id) where deleted_at is null;
create index deals_owner_updated on deals (workspace_id, owner_id, updated_at, id) where deleted_at is null;
create index deals_team_updated on deals (workspace_id, team_id, updated_at, id) where deleted_at is null;
create index deals_expected on deals (workspace_id, expected_at, id) where deleted_at is null;
create index deals_owner_expected on deals (workspace_id, owner_id, expected_at, id) where deleted_at is null;
create index deals_team_expected on deals (workspace_id, team_id, expected_at, id) where deleted_at is null;
create index deals_amount on deals (workspace_id, amount, id) where deleted_at is null;
create index deals_owner_amount on deals (workspace_id, owner_id, amount, id) where deleted_at is null;
create index deals_team_amount on deals (workspace_id, team_id, amount, id) where deleted_at is null;
create index deals_stage_updated on deals (workspace_id, stage_id, updated_at, id) where deleted_at is null;
create index deals_customer on deals (workspace_id, customer_id, updated_at, id);
create index deals_bin on deals (workspace_id, deleted_at, id) where deleted_at is not null;
-- Board and forecast add up the open ones of a pipeline from this index alone.
create index deals_open on deals (workspace_id, pipeline_id, stage_id)
  include (owner_id, team_id, amount, currency, probability, expected_on) where deleted_at is null and kind = 'open';
call fence('deals');

create table deal_moves (
  workspace_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  from_stage uuid,                        -- null: the deal began here
  to_stage uuid not null,
  since timestamptz(3),                   -- when it had come to the stage it leaves
  at timestamptz(3) not null,
  by_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deals (workspace_id, id) on delete cascade,
  foreign key (workspace_id, to_stage) references deal_stages (workspace_id, id)
);
create index deal_moves_deal on deal_moves (workspace_id, deal_id, at, id);
create index deal_moves_into on deal_moves (workspace_id, to_stage, at) include (deal_id, from_stage);
create index deal_moves_out on deal_moves (workspace_id, from_stage, at) include (deal_id, to_stage, since);
call fence('deal_moves');

-- Deals go into the bin with their customer and come back with it; open ones of the customer's owner go along to the next.
create function deals_follow_customer() returns trigger language plpgsql as $$
begin
  if new.deleted_at is distinct from old.deleted_at then
    update deals set deleted_at = new.deleted_at, deleted_by = new.deleted_by, version = version + 1
      where workspace_id = new.workspace_id and customer_id = new.id and deleted_at is not distinct from old.deleted_at;
  end if;
  if new.owner_id is distinct from old.owner_id then
    update deals set owner_id = new.owner_id, team_id = new.team_id, version = version + 1
      where workspace_id = new.workspace_id and customer_id = new.id and kind = 'open'
        and owner_id is not distinct from old.owner_id;
  end if;
  return null;
end $$;
create trigger deals_follow_customer after update of owner_id, deleted_at on customers for each row
  when (new.owner_id is distinct from old.owner_id or new.deleted_at is distinct from old.deleted_at)
  execute function deals_follow_customer();

create function deals_follow_person() returns trigger language plpgsql as $$
begin
  update deals set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id;
  return null;
end $$;
create trigger deals_follow_person after update of team_id on people for each row
  when (new.team_id is distinct from old.team_id) execute function deals_follow_person();
