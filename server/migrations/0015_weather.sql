-- What the watch over the weather keeps between its looks, and how its findings are looked up.

alter table weather
  add column auto_defence boolean not null default false,  -- defence mode for two hours when an alarm begins
  add column alarm_told boolean not null default true,     -- false: its end has still to be told
  add column flood_since bigint,                           -- null: no flood
  add column flood_seen bigint,
  add column flood_told bigint,
  add column hidden_visitors_at bigint;                    -- a proxy that the settings do not name was seen then

-- Failed tries come in the order of their time.
create index attempts_time on attempts using brin (at);
-- Sign-ins by the lanes of strangers, and refusals in sums: few rows of a long journal.
create index audit_strangers on audit_entries (workspace_id, at)
  where action = 'session.open' and details ->> 'lane' in ('strangers', 'alarm');
create index audit_turned_away on audit_entries (workspace_id, at) where action = 'sign-in.turned-away';
