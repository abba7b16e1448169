-- What keys find is put into order and held to one's reach before any record is read: beside its keys each row holds whose the
-- record is, when it was last touched, and whether it lies in the bin.

create procedure let_keys_stand(records text, touched text) language plpgsql as $$
declare
  keys_table text := case records when 'activities' then 'activity_keys' else rtrim(records, 's') || '_keys' end;
  one text := rtrim(replace(records, 'activities', 'activity'), 's');
  keys_type text := case records when 'activities' then 'integer[]' else 'text[]' end;
begin
  -- The index would be written again for every row.
  execute format('drop index %I', keys_table || '_keys');
  -- Room in each page, so that a new standing is written beside the old one and no index is touched.
  execute format('alter table %I set (fillfactor = 85), add owner_id uuid, add team_id uuid, add at timestamptz(3),
    add live boolean not null default true', keys_table);
  execute format('update %I k set owner_id = r.owner_id, team_id = r.team_id, at = r.%I, live = r.deleted_at is null
    from %I r where r.workspace_id = k.workspace_id and r.id = k.id', keys_table, touched, records);
  execute format('create index %I on %I using gin (keys) with (gin_pending_list_limit = 1024)', keys_table || '_keys', keys_table);

  execute format($f$create function %I() returns trigger language plpgsql as $t$
    begin
      update %I set owner_id = new.owner_id, team_id = new.team_id, at = new.%I, live = new.deleted_at is null
        where workspace_id = new.workspace_id and id = new.id;
      return null;
    end $t$ $f$, one || '_stands', keys_table, touched);
  execute format('create trigger keys_stand after update on %I for each row
    when ((old.owner_id, old.team_id, old.%3$I, old.deleted_at) is distinct from (new.owner_id, new.team_id, new.%3$I, new.deleted_at))
    execute function %2$I()', records, one || '_stands', touched);

  execute format($f$create function %I() returns trigger language plpgsql as $t$
    begin
      update %I k set owner_id = r.owner_id, team_id = r.team_id, at = r.%I, live = r.deleted_at is null
        from %I r where r.workspace_id = new.workspace_id and r.id = new.id
          and k.workspace_id = new.workspace_id and k.id = new.id;
      return null;
    end $t$ $f$, one || '_standing', keys_table, touched, records);
  -- Whoever writes keys may say so at once; for the others it is looked up when the statement is through.
  execute format('create trigger standing after insert on %I for each row when (new.at is null) execute function %I()',
    keys_table, one || '_standing');

  -- At most so many rows that have all keys of any of three sets; a plan for few of them would read the whole table.
  execute format($f$create function %I(a %s, b %2$s, c %2$s, most integer)
    returns table (id uuid, owner_id uuid, team_id uuid, at timestamptz, live boolean)
    language sql stable security definer rows 100 set search_path = pg_catalog, public set enable_seqscan = off
    as $t$ select id, owner_id, team_id, at, live from %I
      where workspace_id = current_workspace() and (keys @> a or keys @> b or keys @> c) limit most $t$ $f$,
    records || '_found', keys_type, keys_table);
end $$;

call let_keys_stand('customers', 'updated_at');
call let_keys_stand('contacts', 'updated_at');
call let_keys_stand('leads', 'updated_at');
call let_keys_stand('deals', 'updated_at');
call let_keys_stand('orders', 'updated_at');
call let_keys_stand('tasks', 'updated_at');
call let_keys_stand('activities', 'at');

drop procedure let_keys_stand;
