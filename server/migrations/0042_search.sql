-- Search keys of what was there before keys said how names sound: which tables have been gone over, and how far.
create table rekeyed (
  workspace_id uuid not null,
  target text not null,
  version integer not null,
  after_id uuid,
  done_at timestamptz(3),
  primary key (workspace_id, target)
);
call fence('rekeyed');

