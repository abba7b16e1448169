-- What a hand-over could not move; people whose reminders stand still; why deals were won.

-- A record that cannot be written stays where it is and is named, so that the rest goes on.
alter table handovers add column failed integer not null default 0;
create table handover_faults (
  workspace_id uuid not null,
  handover_id uuid not null,
  object text not null,
  record_id uuid not null,
  name text not null,
  on_return boolean not null,             -- on the way back
  at timestamptz(3) not null,
  primary key (workspace_id, handover_id, object, record_id, on_return),
  foreign key (workspace_id, handover_id) references handovers on delete cascade
);
call fence('handover_faults');

-- Somebody is locked or away: nothing reminds him, and what falls due waits for the day of his return.
create table agenda_pauses (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  reason text not null,
  by_id uuid not null,
  at timestamptz(3) not null,
  until_on date,                          -- the day of his return, where it is known
  ended_at timestamptz(3),
  ended_by uuid,
  moved integer not null default 0,       -- tasks that were put to the day of his return
  primary key (workspace_id, id)
);
create unique index agenda_pauses_standing on agenda_pauses (workspace_id, person_id) where ended_at is null;
call fence('agenda_pauses');

-- Why deals are won: as the workspace wants it; no row: as the product comes.
create table deal_win_reasons (
  workspace_id uuid not null,
  items jsonb not null,                   -- [{key, label, active}]
  updated_at timestamptz(3) not null,
  updated_by uuid,
  version integer not null default 1,
  primary key (workspace_id)
);
call fence('deal_win_reasons');
alter table deals add column won_reason text;
drop index deals_closed;
create index deals_closed on deals (workspace_id, stage_since)
  include (id, kind, pipeline_id, owner_id, team_id, currency, amount, lost_reason, won_reason, source, created_at)
  where deleted_at is null and kind <> 'open';
