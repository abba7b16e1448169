-- Hand-overs: what somebody who leaves or is away had, given to colleagues in one step, and given back on return.

create table handovers (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  to_ids uuid[] not null,
  objects text[] not null,
  reason text not null,
  by_id uuid not null,
  at timestamptz(3) not null,
  state text not null check (state in ('moving', 'moved', 'returning', 'returned')),
  total integer not null,
  moved integer not null default 0,
  returned integer not null default 0,
  kept integer not null default 0,        -- of those that were to be given back: changed hands since
  settled_at timestamptz(3),
  undone_by uuid,
  undone_at timestamptz(3),
  primary key (workspace_id, id)
);
create index handovers_person on handovers (workspace_id, person_id, at desc);
create index handovers_underway on handovers (workspace_id, at) where state in ('moving', 'returning');
call fence('handovers');

create table handover_items (
  workspace_id uuid not null,
  handover_id uuid not null,
  object text not null,
  record_id uuid not null,
  to_id uuid not null,
  given_back boolean,                     -- null: not looked at yet; false: kept where it was
  primary key (workspace_id, handover_id, object, record_id),
  foreign key (workspace_id, handover_id) references handovers on delete cascade
);
call fence('handover_items');
