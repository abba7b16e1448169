-- For how long a device that does not hear of the server can read what it has taken along.
alter table workspaces add column offline_hours integer not null default 24 check (offline_hours between 1 and 168);
