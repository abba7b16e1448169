-- Where a file's bytes lie, and which kinds of file a workspace takes in.
alter table files add column place text not null default 'folder' check (place in ('folder', 'bucket'));
create index files_place on files (workspace_id, place, id);
alter table file_settings add column kinds text[];   -- null: all that are known
