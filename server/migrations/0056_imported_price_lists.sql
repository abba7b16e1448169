-- Price lists that an import has made: they go with it, unless somebody has put something into them.
alter table price_lists add column import_id uuid;
create index price_lists_import on price_lists (workspace_id, import_id) where import_id is not null;
