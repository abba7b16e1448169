-- Files attached to records. The bytes lie below the data folder; here is what they are and whose.
create table files (
  workspace_id uuid not null,
  id uuid not null,
  object_type text not null,
  object_id uuid not null,
  name text not null,
  type text not null,                     -- media type as told from the content, never as the sender says
  size integer not null,
  sha256 text not null,
  created_at timestamptz(3) not null,
  created_by uuid not null,
  deleted_at timestamptz(3),
  deleted_by uuid,
  primary key (workspace_id, id)
);
create index files_object on files (workspace_id, object_type, object_id, id);
create index files_bin on files (workspace_id, deleted_at, id) where deleted_at is not null;
call fence('files');

create table file_settings (
  workspace_id uuid not null,
  megabytes integer not null check (megabytes between 1 and 500),
  updated_at timestamptz(3) not null,
  updated_by uuid,
  primary key (workspace_id)
);
call fence('file_settings');

-- Files and tasks go along when their customer is merged.
call moves_with_merge('customer', 'files', 'object_id', '', 'and t.object_type = ''customer''');
call moves_with_merge('customer', 'tasks', 'customer_id', ', version = t.version + 1');
create trigger customer_tasks_about_go after insert on merges for each row when (new.object = 'customer')
  execute function merge_along('tasks', 'about_id', '', 'and t.about_type = ''customer''', '', '');
create trigger customer_tasks_about_return after update of undone_at on merges for each row
  when (new.object = 'customer' and new.undone_at is not null and old.undone_at is null)
  execute function merge_along('tasks', 'about_id', '', 'and t.about_type = ''customer''', '', '');
