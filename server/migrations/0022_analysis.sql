-- Analysis: sums of deals kept up by what happens to deals, what changed in them, targets, and indexes that add up fast.

-- Count and amount of the deals in use, by everything that board and forecast ask for. A statement that changes deals
-- adds rows with the difference, so that nobody waits for anybody's row; a chore merges them.
create table deal_sums (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  pipeline_id uuid not null,
  stage_id uuid not null,
  owner_id uuid,
  team_id uuid,
  currency text not null,
  month date,                             -- of the expected close; null: none is expected
  chance integer,                         -- set for the deal itself; null: that of the stage
  count integer not null,
  amount bigint not null,
  primary key (workspace_id, id)
);
create index deal_sums_owner on deal_sums (workspace_id, owner_id, pipeline_id);
create index deal_sums_team on deal_sums (workspace_id, team_id, pipeline_id);
call fence('deal_sums');

-- Both transition tables have one name, so that one body serves: `sign` says which way the rows count.
create function deals_counted() returns trigger language plpgsql as $$
begin
  insert into deal_sums (workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, month, chance, count, amount)
    select workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, date_trunc('month', expected_on)::date, probability,
      tg_argv[0]::integer * count(*), tg_argv[0]::integer * sum(amount)
    from touched where deleted_at is null
    group by 1, 2, 3, 4, 5, 6, 7, 8;
  return null;
end $$;
create trigger deals_counted_in after insert on deals referencing new table as touched
  for each statement execute function deals_counted('1');
create trigger deals_counted_out after delete on deals referencing old table as touched
  for each statement execute function deals_counted('-1');

create function deals_recounted() returns trigger language plpgsql as $$
begin
  insert into deal_sums (workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, month, chance, count, amount)
    select workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, month, probability, sum(sign), sum(sign * amount)
    from (
      select workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, date_trunc('month', expected_on)::date as month,
        probability, amount, 1 as sign from after_it where deleted_at is null
      union all
      select workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, date_trunc('month', expected_on)::date,
        probability, amount, -1 from before_it where deleted_at is null
    ) as both_sides
    group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(sign) <> 0 or sum(sign * amount) <> 0;
  return null;
end $$;
create trigger deals_recounted after update on deals referencing old table as before_it new table as after_it
  for each statement execute function deals_recounted();

insert into deal_sums (workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, month, chance, count, amount)
  select workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, date_trunc('month', expected_on)::date, probability,
    count(*), sum(amount)
  from deals where deleted_at is null group by 1, 2, 3, 4, 5, 6, 7, 8;

-- What became of a deal's amount and expected close, whoever changed them and how many at once.
create table deal_changes (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  deal_id uuid not null,
  at timestamptz(3) not null,
  by_id uuid,
  amount_before bigint not null,
  amount_after bigint not null,
  currency_before text not null,
  currency_after text not null,
  expected_before date,
  expected_after date,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deals (workspace_id, id) on delete cascade
);
create index deal_changes_deal on deal_changes (workspace_id, deal_id, at);
create index deal_changes_at on deal_changes (workspace_id, at)
  include (deal_id, amount_before, currency_before, expected_before);
call fence('deal_changes');

create function deal_changed() returns trigger language plpgsql as $$
begin
  insert into deal_changes (workspace_id, deal_id, at, by_id, amount_before, amount_after, currency_before,
      currency_after, expected_before, expected_after)
    values (new.workspace_id, new.id, new.updated_at, new.updated_by, old.amount, new.amount, old.currency,
      new.currency, old.expected_on, new.expected_on);
  return null;
end $$;
create trigger deal_changed after update of amount, currency, expected_on on deals for each row
  when (new.amount <> old.amount or new.currency <> old.currency or new.expected_on is distinct from old.expected_on)
  execute function deal_changed();

-- What a person, a team or the whole company is to win in a month or a quarter.
create table sales_targets (
  workspace_id uuid not null,
  id uuid not null,
  subject text not null check (subject in ('person', 'team', 'everybody')),
  subject_id uuid not null,               -- of everybody: the workspace
  period text not null check (period ~ '^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$'),
  currency text not null,
  amount bigint not null check (amount > 0),                    -- in minor units
  set_by uuid,
  set_at timestamptz(3) not null,
  primary key (workspace_id, id)
);
create unique index sales_targets_subject on sales_targets (workspace_id, subject, subject_id, period, currency);
create index sales_targets_period on sales_targets (workspace_id, period);
call fence('sales_targets');

-- The moves of a time together, whatever their stage; deals that were closed in a time; those that were added; what was
-- done in a time. Each has all that is added up, so that the tables themselves need not be looked at.
create index deal_moves_at on deal_moves (workspace_id, at) include (deal_id, from_stage, to_stage, since, id);
create index deals_closed on deals (workspace_id, stage_since)
  include (id, kind, pipeline_id, owner_id, team_id, currency, amount, lost_reason, source, created_at)
  where deleted_at is null and kind <> 'open';
create index deals_added on deals (workspace_id, created_at)
  include (id, kind, pipeline_id, owner_id, team_id, source) where deleted_at is null;
create index deals_facts on deals (workspace_id, id)
  include (owner_id, team_id, pipeline_id, stage_id, kind, amount, currency, probability) where deleted_at is null;
create index activities_done on activities (workspace_id, at) include (author_id, kind, owner_id, team_id)
  where deleted_at is null;
