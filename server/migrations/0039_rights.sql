-- Who may do what: what a workspace makes of the roles, records shared with one person or team, teams with a lead.

-- A row without a name is one of the four roles that there always are, as far as it was changed; one with a name is a
-- further role on the base of one of them. Both hold only what differs from the base.
create table role_policies (
  workspace_id uuid not null,
  id uuid not null,
  base text not null check (base in ('administrator', 'manager', 'rep', 'auditor')),
  name text,
  rules jsonb not null default '{}',      -- object → action → reach
  fields jsonb not null default '{}',     -- object → field → hidden or read
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  updated_by uuid,
  version integer not null default 1,
  primary key (workspace_id, id)
);
create unique index role_policies_base on role_policies (workspace_id, base) where name is null;
create unique index role_policies_name on role_policies (workspace_id, lower(name)) where name is not null;
call fence('role_policies');

-- people.role stays the base of whatever role somebody has.
alter table people add column role_id uuid;
alter table people add foreign key (workspace_id, role_id) references role_policies (workspace_id, id);
create index people_role on people (workspace_id, role_id) where role_id is not null;

alter table teams add column manager_id uuid;

-- A record opened to one person or one team beside its owner's reach; of a customer it opens what belongs to it.
create table record_shares (
  workspace_id uuid not null,
  id uuid not null,
  object text not null,
  record_id uuid not null,
  person_id uuid,
  team_id uuid,
  may_update boolean not null,
  until timestamptz(3),
  reason text,
  shared_by uuid not null,
  shared_at timestamptz(3) not null,
  ended_at timestamptz(3),
  ended_by uuid,
  primary key (workspace_id, id),
  check ((person_id is null) <> (team_id is null))
);
create unique index record_shares_standing on record_shares (workspace_id, object, record_id, coalesce(person_id, team_id))
  where ended_at is null;
create index record_shares_person on record_shares (workspace_id, person_id) where ended_at is null and person_id is not null;
create index record_shares_team on record_shares (workspace_id, team_id) where ended_at is null and team_id is not null;
call fence('record_shares');
