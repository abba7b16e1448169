-- What administrators and other systems were told, where to, and who wants to hear of what.

create table alerts (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  kind text not null,
  key text not null default '',            -- what it is about, where one kind tells of several things
  at timestamptz(3) not null,
  data jsonb not null default '{}',
  held_back integer not null default 0,    -- of the same kind and key that came soon after and were not told by themselves
  carried integer not null default 0,      -- held back before this one and told with it
  primary key (workspace_id, id)
);
create index alerts_gate on alerts (workspace_id, kind, key, at desc);
create index alerts_at on alerts (workspace_id, at);
call fence('alerts');

create table alert_hooks (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  format text not null check (format in ('latchkey', 'wecom', 'dingtalk', 'feishu')),
  url text not null,                       -- sealed: with chat robots the address itself opens the group
  secret text,                             -- sealed; what deliveries are signed with
  kinds text[] not null default '{}',      -- none named: all of them
  own_network boolean not null default false,
  active boolean not null default true,
  created_by uuid,
  created_at timestamptz(3) not null,
  last_ok_at timestamptz(3),
  last_problem text,
  failures integer not null default 0,     -- tries in a row that went wrong
  failing_since timestamptz(3),            -- a delivery was given up after a day; ends with the next good one
  primary key (workspace_id, id)
);
call fence('alert_hooks');

create table alert_deliveries (
  workspace_id uuid not null,
  id uuid not null,
  alert_id uuid not null,
  hook_id uuid not null,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  problem text,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, alert_id) references alerts on delete cascade,
  foreign key (workspace_id, hook_id) references alert_hooks on delete cascade
);
create index alert_deliveries_alert on alert_deliveries (workspace_id, alert_id);
create index alert_deliveries_hook on alert_deliveries (workspace_id, hook_id);
call fence('alert_deliveries');

create table alert_settings (
  workspace_id uuid primary key references workspaces on delete cascade,
  quiet_minutes integer not null check (quiet_minutes between 1 and 1440)
);
call fence('alert_settings');

-- The kinds of alert that a person does not want by mail.
create table alert_switches (
  workspace_id uuid not null,
  person_id uuid not null,
  off text[] not null,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references people on delete cascade
);
call fence('alert_switches');
