-- The ground floor: workspaces, people, devices, sessions, lanes, locks, codes, messages, audit.
-- Every table leads its keys with workspace_id and is fenced by row-level security: a query sees
-- the workspace named by the connection's setting latchkey.workspace and no other.

create function current_workspace() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('latchkey.workspace', true), '')::uuid;

-- Puts a table behind the fence; also for its owner, so that nobody forgets.
create procedure fence(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy workspace on %s using (workspace_id = current_workspace()) with check (workspace_id = current_workspace())', target);
end $$;

-- Only what is needed to find the way to a workspace; holds no name and nothing secret.
create table workspace_directory (
  workspace_id uuid primary key,
  slug text not null unique,
  created_at timestamptz(3) not null default now()
);

create table workspaces (
  workspace_id uuid primary key references workspace_directory on delete cascade,
  name text not null,
  language text not null default 'zh-CN',
  lock_policy jsonb not null default '{"preset":"balanced"}',
  demo boolean not null default false,
  created_at timestamptz(3) not null default now()
);
call fence('workspaces');

create table teams (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  primary key (workspace_id, id)
);
call fence('teams');

create table people (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  sign_in_name text not null,              -- normalised: NFKC, lower case, no outer space
  email text not null,
  email_verified_at timestamptz(3),
  phone text,
  name text not null,
  role text not null check (role in ('administrator', 'manager', 'rep', 'auditor')),
  team_id uuid,
  language text not null default 'zh-CN',
  state text not null default 'active' check (state in ('invited', 'active', 'expired', 'suspended')),
  password_hash text,
  password_set_at timestamptz(3),
  void_before timestamptz(3) not null default '-infinity',   -- flows and codes older than this are dead (L12)
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  version integer not null default 1,
  primary key (workspace_id, id),
  unique (workspace_id, sign_in_name),
  foreign key (workspace_id, team_id) references teams (workspace_id, id)
);
call fence('people');

-- A browser on which a person has signed in well; browser_hash is SHA-256 of the secret in its cookie.
create table devices (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  browser_hash bytea not null,
  label text not null,
  address text,
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  revoked_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people on delete cascade
);
create unique index devices_browser on devices (workspace_id, browser_hash, person_id) where revoked_at is null;
create index devices_person on devices (workspace_id, person_id);
call fence('devices');

create table sessions (
  workspace_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  device_id uuid,
  address text,
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  idle_seconds integer not null,
  ends_at timestamptz(3) not null,
  ended_at timestamptz(3),
  ended_why text,
  primary key (workspace_id, id),
  unique (workspace_id, token_hash),
  foreign key (workspace_id, person_id) references people on delete cascade
);
create index sessions_person on sessions (workspace_id, person_id) where ended_at is null;
call fence('sessions');

-- Leaky buckets of the lock engine, two time scales a lane; key is a keyed hash, so a stolen table tells nothing.
create table lanes (
  workspace_id uuid not null,
  key bytea not null,
  kind text not null,
  short_value double precision not null,
  short_at bigint not null,               -- milliseconds since 1970
  long_value double precision not null,
  long_at bigint not null,
  misses integer not null default 0,      -- consecutive, tries under way included
  pending integer not null default 0,     -- spent and not yet settled
  since timestamptz(3),                   -- first miss of the present run
  primary key (workspace_id, key)
);
call fence('lanes');

create table locks (
  workspace_id uuid not null,
  id uuid not null,
  subject_kind text not null check (subject_kind in ('person', 'device', 'network', 'typed-name', 'workspace')),
  subject_key text not null,
  person_id uuid,
  cause text not null,
  scope text[] not null,
  since timestamptz(3) not null,
  until timestamptz(3),
  evidence jsonb not null default '{}',
  lifted_at timestamptz(3),
  lifted_by uuid,
  lifted_how text,
  lifted_reason text,
  lifted_proof text,
  primary key (workspace_id, id)
);
create unique index locks_standing on locks (workspace_id, subject_kind, subject_key, cause) where lifted_at is null;
create index locks_since on locks (workspace_id, since desc, id desc);
create index locks_person on locks (workspace_id, person_id) where person_id is not null;
call fence('locks');

-- One-time codes: for a flow, a purpose and a person, or for nobody (unknown names get a decoy row).
create table codes (
  workspace_id uuid not null,
  id uuid not null,
  flow_hash bytea not null,
  purpose text not null,
  person_id uuid,
  code_hash bytea,
  misses integer not null default 0,
  sent integer not null default 0,
  state text not null default 'open' check (state in ('open', 'proved', 'consumed', 'dead')),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, flow_hash, purpose)
);
create index codes_person on codes (workspace_id, person_id, purpose) where state in ('open', 'proved');
call fence('codes');

create table messages (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid,
  channel text not null check (channel in ('email', 'sms')),
  recipient text not null,
  template text not null,
  language text not null,
  subject text not null,
  body text not null,
  secret boolean not null default false,  -- holds a code or link: the body is sealed, and wiped once sent
  expires_at timestamptz(3),              -- not sent any more after this
  known boolean not null default false,   -- asked for from where the recipient is known
  state text not null check (state in ('queued', 'sent', 'failed', 'kept')),
  attempts integer not null default 0,
  sending_until timestamptz(3),           -- somebody is at it; free again after that, should he have died
  problem text,
  created_at timestamptz(3) not null,
  sent_at timestamptz(3),
  primary key (workspace_id, id)
);
create index messages_recipient on messages (workspace_id, recipient, created_at desc);
create index messages_newest on messages (workspace_id, created_at desc, id desc);
call fence('messages');

-- The journal: who did what to what, when, from where, before and after. It is the history of every
-- record as well. Rows are written in the transaction they record and sealed into the chain just after,
-- in the order in which they became visible, so that writers never wait for one another.
create table audit_entries (
  workspace_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  actor_id uuid,
  actor_name text,
  action text not null,
  object_type text,
  object_id uuid,
  address text,
  device text,
  correlation_id text,
  before jsonb,
  after jsonb,
  details jsonb,
  seq bigint,
  hash bytea,
  primary key (workspace_id, id)
);
create index audit_object on audit_entries (workspace_id, object_id, id) where object_id is not null;
create index audit_actor on audit_entries (workspace_id, actor_id, id) where actor_id is not null;
create index audit_action on audit_entries (workspace_id, action, id);
create unique index audit_chain on audit_entries (workspace_id, seq) where seq is not null;
create index audit_unsealed on audit_entries (workspace_id, id) where seq is null;
call fence('audit_entries');

create table audit_heads (
  workspace_id uuid primary key,
  seq bigint not null,
  hash bytea not null
);
call fence('audit_heads');

-- Append-only: nothing is deleted, and an update may do one thing once, give an unsealed row its place and hash.
create function audit_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seq is null and new.seq is not null and new.hash is not null
     and to_jsonb(new) - 'seq' - 'hash' = to_jsonb(old) - 'seq' - 'hash' then
    return new;
  end if;
  raise exception 'the audit journal is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_append_only before update or delete on audit_entries
  for each row execute function audit_append_only();
create trigger audit_no_truncate before truncate on audit_entries
  for each statement execute function audit_append_only();

create table idempotency_keys (
  workspace_id uuid not null,
  owner_id uuid not null,
  key text not null,
  fingerprint bytea not null,
  status integer not null,
  headers jsonb not null,
  body text,
  at timestamptz(3) not null,
  primary key (workspace_id, owner_id, key)
);
create index idempotency_age on idempotency_keys (at);
call fence('idempotency_keys');
