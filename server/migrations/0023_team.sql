-- Working together: comments on records, who follows what, and what each person is told.

create table comments (
  workspace_id uuid not null,
  id uuid not null,
  object_type text not null,
  object_id uuid not null,
  author_id uuid not null,
  body text not null,
  mentions uuid[] not null default '{}',
  created_at timestamptz(3) not null,
  edited_at timestamptz(3),
  version integer not null default 1,
  deleted_at timestamptz(3),
  primary key (workspace_id, id)
);
create index comments_object on comments (workspace_id, object_type, object_id, created_at, id);
call fence('comments');

-- A row for a person's own word: follows, or wants to hear nothing of a record that is his own.
create table follows (
  workspace_id uuid not null,
  object_type text not null,
  object_id uuid not null,
  person_id uuid not null,
  following boolean not null,
  at timestamptz(3) not null,
  primary key (workspace_id, object_type, object_id, person_id)
);
call fence('follows');

-- Names of records are not kept here: they are read for each reader anew, as far as he may read them.
create table inbox_notices (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  at timestamptz(3) not null,
  by_id uuid,
  by_name text,
  object_type text,
  object_id uuid,
  source_id uuid,                         -- the comment it is about
  excerpt text,
  params jsonb not null default '{}',
  in_app boolean not null,                -- false: waits for the digest only
  digest boolean not null,                -- is still to go into the next digest by mail
  read_at timestamptz(3),
  primary key (workspace_id, id)
);
create index inbox_notices_person on inbox_notices (workspace_id, person_id, id) where in_app;
create index inbox_notices_unread on inbox_notices (workspace_id, person_id) where in_app and read_at is null;
create index inbox_notices_digest on inbox_notices (workspace_id, person_id, id) where digest;
create index inbox_notices_source on inbox_notices (workspace_id, source_id) where source_id is not null;
call fence('inbox_notices');

create table inbox_settings (
  workspace_id uuid not null,
  person_id uuid not null,
  kind text not null,
  in_app boolean not null,
  mail text not null check (mail in ('none', 'digest', 'at-once')),
  primary key (workspace_id, person_id, kind)
);
call fence('inbox_settings');

create table inbox_digests (
  workspace_id uuid not null,
  person_id uuid not null,
  at bigint not null,                     -- when the last digest went out, in milliseconds since 1970
  primary key (workspace_id, person_id)
);
call fence('inbox_digests');

-- Up to which place of the journal's chain people have been told.
create table told_heads (
  workspace_id uuid not null,
  seq bigint not null,
  primary key (workspace_id)
);
call fence('told_heads');
