-- Networks: where each person has signed in well from, and ranges that an administrator trusts for a while.

-- One row a person and source: an IPv4 address itself, an IPv6 /64. No index holds seen_at, so that a return only
-- rewrites the row in its page.
create table familiar_networks (
  workspace_id uuid not null,
  person_id uuid not null,
  source text not null,
  network text not null,                  -- the wider network: IPv4 /24, IPv6 /48
  id uuid not null,
  first_at bigint not null,               -- milliseconds since 1970
  seen_at bigint not null,
  primary key (workspace_id, person_id, source),
  foreign key (workspace_id, person_id) references people on delete cascade
) with (fillfactor = 80);
create index familiar_networks_source on familiar_networks (workspace_id, source, person_id);
create index familiar_networks_network on familiar_networks (workspace_id, network, person_id);
call fence('familiar_networks');

create table trusted_networks (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  range cidr not null,
  person_id uuid,                         -- null: whoever comes from it
  reason text not null,
  ends_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  created_by uuid not null,
  ended_at timestamptz(3),
  ended_by uuid,
  ended_why text,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people on delete cascade,
  check (ends_at > created_at and ends_at <= created_at + interval '367 days')
);
create index trusted_networks_standing on trusted_networks (workspace_id, ends_at) where ended_at is null;
call fence('trusted_networks');
