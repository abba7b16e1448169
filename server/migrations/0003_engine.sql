-- The lock engine's further state: shared ceilings, wrong passwords seen, sources, sprays, what was tried, arrivals.

-- Lanes of one account and kind (its devices, its networks) share one ceiling; a keyed hash, as the key is.
alter table lanes add column account bytea;
create index lanes_account on lanes (workspace_id, account) where account is not null;

-- Wrong passwords already counted, and former ones: HMAC(server key, slow hash under the account's own salt).
create table wrong_marks (
  workspace_id uuid not null,
  account bytea not null,                 -- keyed hash of the typed name
  mark bytea not null,
  at bigint not null,                     -- milliseconds since 1970
  former boolean not null default false,
  source text,
  primary key (workspace_id, account, mark)
);
create index wrong_marks_age on wrong_marks (workspace_id, at);
call fence('wrong_marks');

-- Tries that were looked at and failed, for evidence, charts and the preview of a policy; ninety days.
create table attempts (
  workspace_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  account bytea not null,
  person_id uuid,
  lane text not null,
  verdict text not null check (verdict in ('wrong', 'repeated', 'former', 'listed', 'asked')),
  source text not null,
  device text not null,
  primary key (workspace_id, id)
);
create index attempts_account on attempts (workspace_id, account, id desc);
create index attempts_person on attempts (workspace_id, person_id, id desc) where person_id is not null;
call fence('attempts');

-- A client that keeps sending one old password: blocked alone, named to its owner.
create table stale_clients (
  workspace_id uuid not null,
  account bytea not null,
  source text not null,
  mark bytea not null,
  person_id uuid,
  device text not null,
  former boolean not null,
  first_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  times integer not null,
  told_at timestamptz(3),
  primary key (workspace_id, account, source, mark)
);
create index stale_clients_person on stale_clients (workspace_id, person_id) where person_id is not null;
create index stale_clients_age on stale_clients (workspace_id, last_at);
call fence('stale_clients');

-- Blame on addresses (IPv6: /64), halving in twelve hours.
create table sources (
  workspace_id uuid not null,
  source text not null,
  blame double precision not null,
  at bigint not null,
  primary key (workspace_id, source)
);
create index sources_age on sources (workspace_id, at);
call fence('sources');

-- Names that strangers missed on, each with the last time; a spray is many of them in a day.
create table touches (
  workspace_id uuid not null,             -- all zeros: over the whole installation
  account bytea not null,
  at bigint not null,
  primary key (workspace_id, account)
);
create index touches_at on touches (workspace_id, at);
call fence('touches');

create table weather (
  workspace_id uuid primary key,          -- all zeros: over the whole installation
  average double precision not null default 0,
  day date not null,                      -- the last day that went into the average
  alarm_since bigint,
  alarm_until bigint
);
call fence('weather');

-- Counts of sign-ins by five minutes, for the charts.
create table weather_spans (
  workspace_id uuid not null,
  at timestamptz(3) not null,
  counts jsonb not null,
  sources integer not null default 0,
  primary key (workspace_id, at)
);
call fence('weather_spans');

-- Defence mode: strangers prove themselves before their password is looked at; ends by itself.
create table defences (
  workspace_id uuid not null,
  id uuid not null,
  since timestamptz(3) not null,
  until timestamptz(3) not null,
  reason text not null,
  started_by uuid,
  ended_at timestamptz(3),
  ended_by uuid,
  primary key (workspace_id, id)
);
call fence('defences');

-- Sign-ins on devices that were strange, told to the owner: was it you?
create table arrivals (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  device_id uuid not null,
  at timestamptz(3) not null,
  address text not null,
  device text not null,
  signals text[] not null,
  token_hash bytea not null,
  answer text check (answer in ('me', 'not-me')),
  answered_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, token_hash)
);
create index arrivals_person on arrivals (workspace_id, person_id, id desc);
call fence('arrivals');
