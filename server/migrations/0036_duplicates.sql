-- Records that are one and the same: found, kept apart on somebody's word, merged, and taken apart again; how long what
-- lies in the bin is kept.

-- Where a record went that was merged into another: old links lead there. Set only while it lies in the bin.
alter table customers add column merged_into uuid;
create index customers_merged on customers (workspace_id, merged_into) where merged_into is not null;
create index activities_bin on activities (workspace_id, deleted_at, id) where deleted_at is not null;

create table merges (
  workspace_id uuid not null,
  id uuid not null,
  object text not null check (object in ('customer')),
  survivor_id uuid not null,
  other_id uuid not null,
  other_name text not null,
  kept jsonb not null,                    -- columns of the survivor: what each was and what the merge made of it
  at timestamptz(3) not null,
  by_id uuid not null,
  until timestamptz(3) not null,          -- up to when it can be undone
  undone_at timestamptz(3),
  undone_by uuid,
  primary key (workspace_id, id),
  check (survivor_id <> other_id)
);
create unique index merges_standing on merges (workspace_id, object, other_id) where undone_at is null;
create index merges_newest on merges (workspace_id, object, at, id) where undone_at is null;
create index merges_survivor on merges (workspace_id, object, survivor_id);
call fence('merges');

-- What went along from the one to the other, so that it can go back.
create table merge_moves (
  workspace_id uuid not null,
  merge_id uuid not null,
  place text not null,                    -- table and column
  record_id uuid not null,
  was jsonb,
  primary key (workspace_id, merge_id, place, record_id),
  foreign key (workspace_id, merge_id) references merges (workspace_id, id) on delete cascade
);
call fence('merge_moves');

-- Moves rows of one table with a merge, and back when it is undone as far as they are still where they went. Its
-- arguments: table, column, further things to set when moving, condition, column to remember, things to set on the way back.
-- In them $1 is the workspace, $3 where the rows go.
create function merge_along() returns trigger language plpgsql as $$
declare
  place text := tg_argv[0] || '.' || tg_argv[1];
begin
  if tg_op = 'INSERT' then
    execute format('with moved as (
        update %1$I t set %2$I = $3 %3$s where t.workspace_id = $1 and t.%2$I = $4 %4$s
        returning t.id, to_jsonb(old) -> %6$L as was)
      insert into merge_moves (workspace_id, merge_id, place, record_id, was) select $1, $2, %5$L, id, was from moved',
      tg_argv[0], tg_argv[1], tg_argv[2], tg_argv[3], place, tg_argv[4])
      using new.workspace_id, new.id, new.survivor_id, new.other_id;
  else
    execute format('update %1$I t set %2$I = $3 %3$s from merge_moves m
      where m.workspace_id = $1 and m.merge_id = $2 and m.place = %5$L
        and t.workspace_id = $1 and t.id = m.record_id and t.%2$I = $4 %4$s',
      tg_argv[0], tg_argv[1], tg_argv[5], tg_argv[3], place)
      using new.workspace_id, new.id, new.other_id, new.survivor_id;
  end if;
  return null;
end $$;

-- A table joins with one line: rows of `target` whose `place` names such a record go along with it.
create procedure moves_with_merge(object text, target text, place text, also text default '', those text default '',
  remembered text default '', back text default null) language plpgsql as $$
begin
  execute format('create trigger %1$I after insert on merges for each row when (new.object = %2$L)
    execute function merge_along(%3$L, %4$L, %5$L, %6$L, %7$L, %8$L)',
    object || '_' || target || '_go', object, target, place, also, those, remembered, coalesce(back, also));
  execute format('create trigger %1$I after update of undone_at on merges for each row
    when (new.object = %2$L and new.undone_at is not null and old.undone_at is null)
    execute function merge_along(%3$L, %4$L, %5$L, %6$L, %7$L, %8$L)',
    object || '_' || target || '_return', object, target, place, also, those, remembered, coalesce(back, also));
end $$;

-- Contacts and activities have the owner of their customer; there is one contact to call first at most.
call moves_with_merge('customer', 'contacts', 'customer_id',
  ', version = t.version + 1,
    owner_id = (select c.owner_id from customers c where c.workspace_id = $1 and c.id = $3),
    team_id = (select c.team_id from customers c where c.workspace_id = $1 and c.id = $3),
    is_primary = t.is_primary and not exists (select from contacts p where p.workspace_id = $1 and p.customer_id = $3
      and p.is_primary and p.deleted_at is null)',
  '', 'is_primary',
  ', version = t.version + 1,
    owner_id = (select c.owner_id from customers c where c.workspace_id = $1 and c.id = $3),
    team_id = (select c.team_id from customers c where c.workspace_id = $1 and c.id = $3),
    is_primary = coalesce(m.was::boolean, false)');
call moves_with_merge('customer', 'activities', 'customer_id',
  ', version = t.version + 1,
    owner_id = (select c.owner_id from customers c where c.workspace_id = $1 and c.id = $3),
    team_id = (select c.team_id from customers c where c.workspace_id = $1 and c.id = $3)');
call moves_with_merge('customer', 'deals', 'customer_id', ', version = t.version + 1');
call moves_with_merge('customer', 'orders', 'customer_id', ', version = t.version + 1');
call moves_with_merge('customer', 'leads', 'customer_id', ', version = t.version + 1');
call moves_with_merge('customer', 'intake_entries', 'customer_id');
call moves_with_merge('customer', 'comments', 'object_id', '', 'and t.object_type = ''customer''');

-- Who follows the one follows the other from then on.
create function follows_merge() returns trigger language plpgsql as $$
begin
  insert into follows (workspace_id, object_type, object_id, person_id, following, at)
  select workspace_id, object_type, new.survivor_id, person_id, true, new.at from follows
  where workspace_id = new.workspace_id and object_type = new.object and object_id = new.other_id and following
  on conflict do nothing;
  return null;
end $$;
create trigger follows_merge after insert on merges for each row execute function follows_merge();

-- What each record has that another might have in common with it: name, phone, mailbox, domain of the mailbox; made
-- from the records in the order in which they were changed.
create table duplicate_marks (
  workspace_id uuid not null,
  object text not null,
  record_id uuid not null,
  kind text not null,
  value text not null,
  primary key (workspace_id, object, record_id, kind)
);
create index duplicate_marks_value on duplicate_marks (workspace_id, object, kind, value);
call fence('duplicate_marks');

-- Values that several records have. Owner and team: where all of them have the same, so that few are read for somebody
-- whose reach is small; who may see a group is asked of the records themselves.
create table duplicate_groups (
  workspace_id uuid not null,
  id uuid not null,
  object text not null,
  kind text not null,
  value text not null,
  members integer not null,
  owner_id uuid,
  team_id uuid,
  found_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, object, kind, value)
);
create index duplicate_groups_newest on duplicate_groups (workspace_id, object, id);
create index duplicate_groups_owner on duplicate_groups (workspace_id, object, owner_id, id);
create index duplicate_groups_team on duplicate_groups (workspace_id, object, team_id, id);
call fence('duplicate_groups');

-- Somebody's word that these are two; a is the smaller id.
create table duplicate_apart (
  workspace_id uuid not null,
  object text not null,
  a uuid not null,
  b uuid not null,
  by_id uuid not null,
  at timestamptz(3) not null,
  primary key (workspace_id, object, a, b),
  check (a < b)
);
call fence('duplicate_apart');

-- Up to which record the marks have been made.
create table duplicate_heads (
  workspace_id uuid not null,
  object text not null,
  at timestamptz(3) not null,
  record_id uuid not null,
  primary key (workspace_id, object)
);
call fence('duplicate_heads');

-- How many days the bin keeps what lies in it; no row: as the product comes.
create table bin_settings (
  workspace_id uuid not null,
  days integer not null check (days between 1 and 3650),
  updated_at timestamptz(3) not null,
  updated_by uuid,
  version integer not null default 1,
  primary key (workspace_id)
);
call fence('bin_settings');
