-- Support (客服): tickets of people who cannot get in, what was said in them, and how somebody proved who he is.

-- How support can be reached without a ticket, in the administrator's own words.
create table support_settings (
  workspace_id uuid primary key references workspaces on delete cascade,
  hours text not null default '',
  phone text not null default '',
  email text not null default '',
  note text not null default ''
);
call fence('support_settings');

-- The secret link's token is kept as a hash only. Whose account was typed is nobody's to know but support's.
create table tickets (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  number text not null,                   -- what one says on the phone; not secret, not unique for certain
  token_hash bytea not null,
  state text not null default 'open' check (state in ('open', 'waiting', 'solved', 'closed')),
  cause text not null,
  account text not null default '',       -- sign-in name as typed, in its one form
  person_id uuid,                         -- whose that name is; without proof a claim only
  signed_in boolean not null default false,
  name text not null default '',
  contact text not null default '',       -- address that gets the link; anybody may have typed it
  language text not null,
  address text,                           -- network address it was opened from
  device text not null default '',
  facts jsonb not null default '{}',
  opened_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  closed_at timestamptz(3),
  vouching_asked_at timestamptz(3),
  proven_at timestamptz(3),
  proven_how text check (proven_how in ('code', 'vouched')),
  checks jsonb,                           -- what its author has tried before he closed it
  primary key (workspace_id, id),
  unique (workspace_id, token_hash),
  foreign key (workspace_id, person_id) references people on delete cascade
);
create index tickets_open on tickets (workspace_id, state, id);
create index tickets_vouching on tickets (workspace_id, vouching_asked_at) where vouching_asked_at is not null;
call fence('tickets');

create table ticket_entries (
  workspace_id uuid not null,
  ticket_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  side text not null check (side in ('author', 'support', 'system')),
  kind text not null,                     -- words; for the system, what happened
  by_id uuid,
  by_name text,
  text text not null default '',
  primary key (workspace_id, ticket_id, id),
  foreign key (workspace_id, ticket_id) references tickets on delete cascade
);
call fence('ticket_entries');

-- The pictures themselves lie in the data folder under names that nobody chose.
create table ticket_pictures (
  workspace_id uuid not null,
  ticket_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  file text not null,
  type text not null,
  size integer not null,
  primary key (workspace_id, ticket_id, id),
  foreign key (workspace_id, ticket_id) references tickets on delete cascade
);
call fence('ticket_pictures');

create table ticket_vouches (
  workspace_id uuid not null,
  ticket_id uuid not null,
  person_id uuid not null,
  as_role text not null check (as_role in ('superior', 'peer')),
  how text not null,                      -- how the voucher has recognised his colleague
  at timestamptz(3) not null,
  primary key (workspace_id, ticket_id, person_id),
  foreign key (workspace_id, ticket_id) references tickets on delete cascade,
  foreign key (workspace_id, person_id) references people on delete cascade
);
call fence('ticket_vouches');
