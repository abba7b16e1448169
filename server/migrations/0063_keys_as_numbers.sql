-- Search keys are numbers, as those of notes are: a third of the room, so that what common words have stays in memory. Two keys may
-- share a number; what is found is looked at again.
create function hashed(keys text[]) returns integer[] language sql immutable strict parallel safe
  as $$ select coalesce(array_agg(((crc32(convert_to(k, 'UTF8')) + 2147483648) % 4294967296 - 2147483648)::integer), '{}') from unnest(keys) k $$;

create procedure number_keys(records text) language plpgsql as $$
declare
  keys_table text := rtrim(records, 's') || '_keys';
begin
  execute format('drop function %I(text[], text[], text[])', records || '_with');
  execute format('drop function %I(text[], text[], text[], integer)', records || '_found');
  execute format('alter table %I alter keys type integer[] using hashed(keys)', keys_table);
  execute format($f$create function %I(a integer[], b integer[], c integer[]) returns setof uuid
    language sql stable security definer rows 1000 set search_path = pg_catalog, public
    as $t$ select id from %I where workspace_id = current_workspace() and (keys @> a or keys @> b or keys @> c) $t$ $f$,
    records || '_with', keys_table);
  execute format($f$create function %I(a integer[], b integer[], c integer[], most integer)
    returns table (id uuid, owner_id uuid, team_id uuid, at timestamptz, live boolean)
    language sql stable security definer rows 100 set search_path = pg_catalog, public set enable_seqscan = off
    as $t$ select id, owner_id, team_id, at, live from %I
      where workspace_id = current_workspace() and (keys @> a or keys @> b or keys @> c) limit most $t$ $f$,
    records || '_found', keys_table);
end $$;

call number_keys('customers');
call number_keys('contacts');
call number_keys('leads');
call number_keys('deals');
call number_keys('orders');
call number_keys('tasks');
drop procedure number_keys;

drop function common_keys(text);
-- How many rows such a table has, and what share of all has each of the common keys; a number does not say whose it is.
create function common_keys(target text) returns table (total real, keys integer[], shares real[])
  language sql stable security definer rows 1 set search_path = pg_catalog, public
  as $$
    select (select greatest(reltuples, 0) from pg_class where oid = target::regclass),
      coalesce(array_agg(u.key), '{}'), coalesce(array_agg(u.share), '{}')
    from pg_stats s, unnest(s.most_common_elems::text::integer[], s.most_common_elem_freqs) as u (key, share)
    where s.schemaname = 'public' and s.tablename = target and s.attname = 'keys' and target ~ '^[a-z]+_keys$'
  $$;
