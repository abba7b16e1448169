-- Channels: text messages, further addresses of a person, recoveries with what stops them, messages in one's own words.

alter table messages
  add column code text,                   -- sealed, with its minutes: for services that fill in a template of theirs
  add column else_to text,                -- a verified phone that gets the code when mail does not go through (L15)
  add column went_else boolean not null default false;

-- Where a person can be reached besides the sign-in address. Worth something once verified.
create table contact_points (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('email', 'sms')),
  value text not null,                    -- a plain address, or E.164
  purpose text not null check (purpose in ('primary', 'backup')),
  verified_at timestamptz(3),
  code_hash bytea,                        -- keyed; null when there is none to be typed
  code_misses integer not null default 0, -- of this address, whatever the code: a new one keeps them
  code_expires_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, person_id, kind, value),
  foreign key (workspace_id, person_id) references people on delete cascade
);
call fence('contact_points');

-- One forgotten password, from the asking to the new one. The code itself stands in codes, under the same flow.
create table recoveries (
  workspace_id uuid not null,
  flow_hash bytea not null,
  person_id uuid not null,
  via text not null check (via in ('email', 'sms')),
  stop_hash bytea not null,               -- of the token behind “this was not me”
  address text not null,
  device text not null,
  begun_at timestamptz(3) not null,
  proved_at timestamptz(3),
  factor text,                            -- the second factor that was proved as well
  factor_at timestamptz(3),
  done_at timestamptz(3),
  stopped_at timestamptz(3),
  primary key (workspace_id, flow_hash),
  unique (workspace_id, stop_hash),
  foreign key (workspace_id, person_id) references people on delete cascade
);
create index recoveries_age on recoveries (workspace_id, begun_at);
call fence('recoveries');

-- Messages in a workspace's own words; those of the product where there is no row.
create table message_templates (
  workspace_id uuid not null references workspaces on delete cascade,
  channel text not null check (channel in ('email', 'sms')),
  template text not null,
  language text not null,
  subject text not null,
  paragraphs text[] not null,
  changed_at timestamptz(3) not null,
  changed_by uuid,
  primary key (workspace_id, channel, template, language)
);
call fence('message_templates');

-- A verified phone may be a second factor: weaker than the others, and said so.
alter table factors
  add column contact_point_id uuid,
  drop constraint factors_kind_check,
  add constraint factors_kind_check check (kind in ('totp', 'passkey', 'sms-code')),
  add constraint factors_phone check (kind <> 'sms-code' or contact_point_id is not null),
  add constraint factors_contact_point foreign key (workspace_id, contact_point_id)
    references contact_points on delete cascade;
create unique index factors_contact on factors (workspace_id, contact_point_id) where contact_point_id is not null;
