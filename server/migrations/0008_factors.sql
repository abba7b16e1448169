-- Second factors: authenticators, passkeys, recovery codes; what is asked of whom, and who has just proved himself.

-- One row an authenticator (totp) or passkey. It counts once confirmed; an authenticator's secret is sealed.
create table factors (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('totp', 'passkey')),
  name text not null,
  secret text,                            -- totp: sealed with the installation secret
  last_step bigint,                       -- totp: the last step of 30 s whose code was taken (L24)
  credential_id text,                     -- passkey: base64url, as browsers send it
  public_key bytea,
  counter bigint not null default 0,      -- passkey: uses as the authenticator counts them; 0 where it does not
  transports text[] not null default '{}',
  backed_up boolean not null default false,
  created_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  last_used_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people on delete cascade,
  check (kind <> 'totp' or secret is not null),
  check (kind <> 'passkey' or (credential_id is not null and public_key is not null))
);
create index factors_person on factors (workspace_id, person_id);
create unique index factors_credential on factors (workspace_id, credential_id) where credential_id is not null;
create unique index factors_begun on factors (workspace_id, person_id) where confirmed_at is null;
call fence('factors');

create table recovery_codes (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  code_hash bytea not null,               -- keyed: a stolen table opens nothing
  created_at timestamptz(3) not null,
  used_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, person_id, code_hash),
  foreign key (workspace_id, person_id) references people on delete cascade
);
call fence('recovery_codes');

-- Challenges of passkeys that were redeemed: a second redemption finds its row. Those given out and left alone cost none.
create table spent_challenges (
  workspace_id uuid not null,
  mark bytea not null,
  expires_at timestamptz(3) not null,
  primary key (workspace_id, mark)
);
create index spent_challenges_age on spent_challenges (workspace_id, expires_at);
call fence('spent_challenges');

-- When the person behind a session has last shown to be still there.
create table session_confirmations (
  workspace_id uuid not null,
  session_id uuid not null,
  at timestamptz(3) not null,
  how text not null,
  primary key (workspace_id, session_id),
  foreign key (workspace_id, session_id) references sessions on delete cascade
);
call fence('session_confirmations');

-- Devices on which a factor has been proved, or that were known when the first one was added.
create table factor_devices (
  workspace_id uuid not null,
  device_id uuid not null,
  person_id uuid not null,
  at timestamptz(3) not null,
  primary key (workspace_id, device_id),
  foreign key (workspace_id, device_id) references devices on delete cascade
);
create index factor_devices_person on factor_devices (workspace_id, person_id);
call fence('factor_devices');

-- The person's own choice; asked on new devices where no row says otherwise.
create table factor_choices (
  workspace_id uuid not null,
  person_id uuid not null,
  ask boolean not null,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references people on delete cascade
);
call fence('factor_choices');

-- Which roles have to have a factor, and from when on.
create table factor_policies (
  workspace_id uuid primary key references workspaces on delete cascade,
  roles text[] not null default '{}',
  grace_until timestamptz(3)
);
call fence('factor_policies');

-- Whether a right password on a new device is not enough: has a factor and wants it asked. Kept here, so that signing in
-- learns it with the person and without a query of its own.
alter table people add column asks_factor boolean not null default false;
