-- What keeps an account from working though nobody guessed at it: no password yet, an end, an address not verified, a
-- password too old; what a role does not permit and a person may do all the same; what a password has to be.

alter table people
  add column ends_at timestamptz(3),               -- the account works no longer from then on
  add column verify_by timestamptz(3);             -- null: a week after it was added
create index people_ends on people (workspace_id, ends_at) where ends_at is not null;

create table password_policies (
  workspace_id uuid primary key references workspaces on delete cascade,
  least integer not null check (least between 8 and 64),
  classes text[] not null default '{}',
  history integer not null default 0 check (history between 0 and 24),
  rotation_days integer check (rotation_days between 30 and 730),
  rotation_since timestamptz(3),                   -- nobody is overdue earlier than two weeks after
  words text[] not null default '{}'
);
call fence('password_policies');

-- Hashes of passwords no longer in use, as many as the policy forbids to use again.
create table former_passwords (
  workspace_id uuid not null,
  person_id uuid not null,
  id uuid not null,
  hash text not null,
  replaced_at timestamptz(3) not null,
  primary key (workspace_id, person_id, id),
  foreign key (workspace_id, person_id) references people on delete cascade
);
call fence('former_passwords');

-- What one person may do beyond the role.
create table grants (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  action text not null,
  object text not null,
  reach text not null check (reach in ('own', 'team', 'all')),
  until timestamptz(3),
  granted_by uuid,
  granted_at timestamptz(3) not null,
  ended_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people on delete cascade
);
create unique index grants_standing on grants (workspace_id, person_id, action, object) where ended_at is null;
call fence('grants');

-- What somebody asks an administrator for: a permission, or more time for an account that ends.
create table access_requests (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('permission', 'extension')),
  action text not null default '',
  object text not null default '',
  reason text not null,
  asked_at timestamptz(3) not null,
  state text not null default 'open' check (state in ('open', 'granted', 'refused')),
  decided_by uuid,
  decided_at timestamptz(3),
  decided_why text,
  until timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people on delete cascade
);
create unique index access_requests_open on access_requests (workspace_id, person_id, kind, action, object)
  where state = 'open';
call fence('access_requests');

-- What somebody is told once in the app: what he may do has changed.
create table notices (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  at timestamptz(3) not null,
  by_name text,
  details jsonb not null,
  seen_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people on delete cascade
);
create index notices_unseen on notices (workspace_id, person_id, id) where seen_at is null;
call fence('notices');

create table invitations (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  invited_by text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  dead_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people on delete cascade
);
create index invitations_person on invitations (workspace_id, person_id, id desc);
call fence('invitations');

-- Each warning is given once: so many days before that moment.
create table account_reminders (
  workspace_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('ends', 'password', 'email')),
  due_at timestamptz(3) not null,
  days integer not null,
  primary key (workspace_id, person_id, kind, due_at, days),
  foreign key (workspace_id, person_id) references people on delete cascade
);
call fence('account_reminders');
