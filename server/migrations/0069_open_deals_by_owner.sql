-- Today shows what one has open, the earliest expected first: without this, all that one ever closed is walked through for it.
create index deals_owner_expected_open on deals (workspace_id, owner_id, expected_at, id) where kind = 'open' and deleted_at is null;
