-- The unlock desk: first passwords that must be changed, sessions held back until then, help that waits for a second
-- approver, templates of reasons, and what each administrator has done to be able to break the glass.

-- A password somebody else has chosen: it opens one session, and none after that moment.
alter table people
  add column initial_until timestamptz(3),
  add column initial_used_at timestamptz(3);

-- The cause of the lock that holds a session back: it is let through to what lifts the lock, and to nothing else.
alter table sessions add column held_by text;
create index sessions_last on sessions (workspace_id, person_id, created_at desc);

-- What one administrator asks to have done for another, and a third has to approve (L28).
create table desk_requests (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,                -- whom it is for
  action text not null,
  factor_id uuid,                         -- reset-factor: one of them; null for all
  reason text not null,
  proof text not null,                    -- how the person was identified
  asked_by uuid not null,
  asked_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  -- approved: what it hands out waits for whoever asked
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'done', 'refused')),
  decided_by uuid,
  decided_at timestamptz(3),
  decided_why text,
  done_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people on delete cascade,
  check (decided_by is null or state = 'refused' or (decided_by <> asked_by and decided_by <> person_id)),
  check (asked_by <> person_id)
);
create index desk_requests_person on desk_requests (workspace_id, person_id, id desc);
create index desk_requests_open on desk_requests (workspace_id, state, expires_at);
call fence('desk_requests');

-- Reasons for common cases in a workspace's own words; those of the product where there is no row.
create table desk_templates (
  workspace_id uuid primary key references workspaces on delete cascade,
  items jsonb not null
);
call fence('desk_templates');

-- Steps towards being able to break the glass, by administrator.
create table kit_steps (
  workspace_id uuid not null,
  person_id uuid not null,
  step text not null check (step in ('printed', 'rehearsed')),
  at timestamptz(3) not null,
  primary key (workspace_id, person_id, step),
  foreign key (workspace_id, person_id) references people on delete cascade
);
call fence('kit_steps');
