-- Tasks (任务): what somebody is to do until when; repeating ones; reminders; and each person's calendar address.

create table tasks (
  workspace_id uuid not null,
  id uuid not null,
  title text not null,
  note text,
  kind text not null default 'todo' check (kind in ('todo', 'call', 'meeting', 'visit', 'email')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high')),
  due_on date,                            -- a whole day, or
  due_at timestamptz(3),                  -- a moment
  due_sort timestamptz(3) generated always as
    (coalesce(due_at, (due_on::timestamp + interval '12 hours') at time zone 'UTC', 'infinity')) stored,
  about_type text check (about_type in ('customer', 'contact', 'deal', 'lead', 'order')),
  about_id uuid,
  customer_id uuid,                       -- whose customer's that is, as far as there is one
  zone text,                              -- whose days and hours are meant; none: the server's
  repeat jsonb,                           -- every, step, weekdays, after, monthday
  previous_id uuid,                       -- the one before in a series
  remind_minutes integer check (remind_minutes between 0 and 43200),
  remind_at timestamptz(3),
  reminded_at timestamptz(3),
  done_at timestamptz(3),
  done_by uuid,
  source text,                            -- what made it, where no person did: 'stage', …
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
  check (due_on is null or due_at is null),
  check ((about_type is null) = (about_id is null))
);
create index tasks_updated on tasks (workspace_id, updated_at, id) where deleted_at is null;
create index tasks_owner_updated on tasks (workspace_id, owner_id, updated_at, id) where deleted_at is null;
create index tasks_team_updated on tasks (workspace_id, team_id, updated_at, id) where deleted_at is null;
create index tasks_due on tasks (workspace_id, due_sort, id) where deleted_at is null and done_at is null;
create index tasks_owner_due on tasks (workspace_id, owner_id, due_sort, id) where deleted_at is null and done_at is null;
create index tasks_team_due on tasks (workspace_id, team_id, due_sort, id) where deleted_at is null and done_at is null;
create index tasks_owner_done on tasks (workspace_id, owner_id, done_at, id) where deleted_at is null and done_at is not null;
create index tasks_about on tasks (workspace_id, about_id, due_sort, id) where about_id is not null;
create index tasks_customer on tasks (workspace_id, customer_id, due_sort, id) where customer_id is not null;
create index tasks_bin on tasks (workspace_id, deleted_at, id) where deleted_at is not null;
create unique index tasks_next on tasks (workspace_id, previous_id) where previous_id is not null;
create index tasks_remind on tasks (workspace_id, remind_at)
  where remind_at is not null and reminded_at is null and done_at is null and deleted_at is null;
call fence('tasks');

create function tasks_follow_person() returns trigger language plpgsql as $$
begin
  update tasks set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id;
  return null;
end $$;
create trigger tasks_follow_person after update of team_id on people for each row
  when (new.team_id is distinct from old.team_id) execute function tasks_follow_person();

-- What is to be done about a record goes into the bin with it and comes back with it.
create function tasks_follow_record() returns trigger language plpgsql as $$
begin
  update tasks set deleted_at = new.deleted_at, deleted_by = new.deleted_by, version = version + 1
    where workspace_id = new.workspace_id and about_id = new.id and deleted_at is not distinct from old.deleted_at;
  return null;
end $$;
create trigger tasks_follow_record after update of deleted_at on customers for each row
  when (new.deleted_at is distinct from old.deleted_at) execute function tasks_follow_record();
create trigger tasks_follow_record after update of deleted_at on contacts for each row
  when (new.deleted_at is distinct from old.deleted_at) execute function tasks_follow_record();
create trigger tasks_follow_record after update of deleted_at on deals for each row
  when (new.deleted_at is distinct from old.deleted_at) execute function tasks_follow_record();
create trigger tasks_follow_record after update of deleted_at on leads for each row
  when (new.deleted_at is distinct from old.deleted_at) execute function tasks_follow_record();
create trigger tasks_follow_record after update of deleted_at on orders for each row
  when (new.deleted_at is distinct from old.deleted_at) execute function tasks_follow_record();

-- What a deal coming to a stage makes: [{title, days}].
alter table deal_stages add column tasks jsonb not null default '[]';

-- The open deals of one person, by stage and how long they have stood there.
create index deals_owner_open on deals (workspace_id, owner_id, stage_id, stage_since) where kind = 'open' and deleted_at is null;

-- How each person wants to be reminded; times of day in minutes, by his own time zone.
create table agenda_settings (
  workspace_id uuid not null,
  person_id uuid not null,
  zone text,
  quiet_from smallint check (quiet_from between 0 and 1439),
  quiet_to smallint check (quiet_to between 0 and 1439),
  primary key (workspace_id, person_id)
);
call fence('agenda_settings');

-- Follow-ups that their owner has been reminded of, by the moment that was planned.
create table agenda_told (
  workspace_id uuid not null,
  record_id uuid not null,
  planned_at timestamptz(3) not null,
  told_at timestamptz(3) not null,
  primary key (workspace_id, record_id)
);
call fence('agenda_told');

-- Private addresses of calendars: whoever has one reads what is planned, nothing else.
create table calendar_feeds (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  secret_hash bytea not null,
  created_at timestamptz(3) not null,
  read_at timestamptz(3),
  ended_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index calendar_feeds_person on calendar_feeds (workspace_id, person_id) where ended_at is null;
create unique index calendar_feeds_secret on calendar_feeds (workspace_id, secret_hash);
call fence('calendar_feeds');
