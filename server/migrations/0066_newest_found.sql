-- Of a word that thousands have, only the newest are shown, or one's own: beside its keys each row says whose the record is and in
-- which two days it was last touched, in numbers of the same index, so that these alone are looked up.

-- Below, what is asked about the workspace `is true`, so that no plan goes by it: keys of others are rare, and a plan made for a
-- small workspace is kept for a large one.
create function mark_of(kind text, id uuid) returns integer language sql immutable strict parallel safe
  as $$ select ((crc32(convert_to(kind || id::text, 'UTF8')) + 2147483648) % 4294967296 - 2147483648)::integer $$;
create function two_days_of(at timestamptz) returns integer language sql immutable strict parallel safe
  as $$ select floor(extract(epoch from at at time zone 'UTC') / 172800)::integer $$;
-- Made ready once for each connection: a function in SQL would be read anew for every single row that is written. With their schema,
-- so that a dump can be read back, which is done without a search path.
create function marks_of(owner_id uuid, team_id uuid, at timestamptz) returns integer[] language plpgsql immutable parallel safe
  as $$ begin
    return array_remove(array[public.two_days_of(at), public.mark_of('o' || public.two_days_of(at)::text, owner_id),
      public.mark_of('o', owner_id), public.mark_of('t', team_id)], null);
  end $$;

create function with_mark(way integer[], mark integer) returns integer[] language sql immutable parallel safe
  as $$ select case when way is null or mark is null then way else way || mark end $$;

create type found_by_keys as (id uuid, owner_id uuid, team_id uuid, at timestamptz, live boolean);

create procedure mark_keys(records text) language plpgsql as $do$
declare
  keys_table text := case records when 'activities' then 'activity_keys' else rtrim(records, 's') || '_keys' end;
begin
  execute format('drop index %I', keys_table || '_keys');
  execute format('alter table %I add marks integer[] not null generated always as (marks_of(owner_id, team_id, at)) stored', keys_table);
  execute format('create index %I on %I using gin ((keys || marks)) with (gin_pending_list_limit = 1024)', keys_table || '_keys', keys_table);
  -- What is common is told by the keys' own statistics.
  execute format('alter index %I alter column 1 set statistics 0', keys_table || '_keys');

  execute format($f$create or replace function %I(a integer[], b integer[], c integer[]) returns setof uuid
    language sql stable security definer rows 1000 set search_path = pg_catalog, public
    as $t$ select id from %I where (workspace_id = current_workspace()) is true
      and ((keys || marks) @> a or (keys || marks) @> b or (keys || marks) @> c) $t$ $f$,
    records || '_with', keys_table);
  execute format($f$create or replace function %1$I(a integer[], b integer[], c integer[], most integer)
    returns table (id uuid, owner_id uuid, team_id uuid, at timestamptz, live boolean)
    language plpgsql stable security definer rows 100 set search_path = pg_catalog, public
    set enable_seqscan = off set enable_indexscan = off set plan_cache_mode = force_generic_plan
    as $t$
    #variable_conflict use_column
    begin
      return query select k.id, k.owner_id, k.team_id, k.at, k.live from %2$I k where (k.workspace_id = current_workspace()) is true
        and ((k.keys || k.marks) @> a or (k.keys || k.marks) @> b or (k.keys || k.marks) @> c) limit most;
    end $t$ $f$,
    records || '_found', keys_table);

  -- What has all keys of any of six ways and is one's own, one's team's or shared; all where no owner and no team is named. Looked up
  -- step by step until so many are found as are wanted: what belongs to `mine` and was touched in the twenty days to `newest` (and
  -- the next two: planned, or by a faster clock), whatever belongs to `mine`, then what anybody touched in the latest days, in the
  -- ten before, and the rest. Where a step meets more than `most`, a row without an id says so. Marks come with the question, as
  -- they are dear to make here: that of `mine` or else `owner`, those of the days, and that of `team`.
  execute format($f$create function %I(a integer[], b integer[], c integer[], d integer[], e integer[], f integer[],
      mine uuid, owner uuid, team uuid, shared uuid[], own_mark integer, own_days integer[], team_mark integer,
      newest timestamptz, below uuid, want integer, most integer)
    returns table (id uuid, owner_id uuid, at timestamptz)
    language plpgsql stable security definer rows 100 set search_path = pg_catalog, public
    set enable_seqscan = off set enable_indexscan = off set plan_cache_mode = force_generic_plan
    as $t$
    #variable_conflict use_column
    declare
      -- Everybody's, where what is shared lies beyond one's own.
      inside constant integer := case when shared is not null then null when owner is null then team_mark else own_mark end;
      steps constant text[] := case when want is null then '{all}' when owner is not null and shared is null then '{own newest,rest}'
        when mine is not null then '{own newest,mine,newest,newer,rest}' else '{newest,newer,rest}' end;
      now constant integer := two_days_of(newest);
      step text;
      days integer[];
      reached integer := now + 2;
      mark integer;
      met found_by_keys[];
      got integer := 0;
      more integer;
    begin
      foreach step in array steps loop
        days := case step
          when 'own newest' then own_days
          when 'newest' then array[now - 1, now, now + 1]
          when 'newer' then array[now - 6, now - 5, now - 4, now - 3, now - 2] end;
        mark := case when step = 'mine' then own_mark when step in ('all', 'rest') then inside end;
        if days is null then
          met := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
            where (k.workspace_id = current_workspace()) is true
              and ((k.keys || k.marks) @> with_mark(a, mark) or (k.keys || k.marks) @> with_mark(b, mark)
                or (k.keys || k.marks) @> with_mark(c, mark) or (k.keys || k.marks) @> with_mark(d, mark)
                or (k.keys || k.marks) @> with_mark(e, mark) or (k.keys || k.marks) @> with_mark(f, mark)) limit most + 1);
        else
          met := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
            where (k.workspace_id = current_workspace()) is true and (k.keys || k.marks) && days
              and ((k.keys || k.marks) @> with_mark(a, mark) or (k.keys || k.marks) @> with_mark(b, mark)
                or (k.keys || k.marks) @> with_mark(c, mark) or (k.keys || k.marks) @> with_mark(d, mark)
                or (k.keys || k.marks) @> with_mark(e, mark) or (k.keys || k.marks) @> with_mark(f, mark)) limit most + 1);
        end if;
        if cardinality(met) > most then
          return query select null::uuid, null::uuid, null::timestamptz;
          return;
        end if;
        return query select k.id, k.owner_id, k.at from unnest(met) k where k.live
          and ((owner is null and team is null) or k.owner_id = owner or k.team_id = team or k.id = any(shared))
          and (below is null or (k.at, k.id) < (newest, below))
          and (step not in ('newest', 'newer', 'rest') or k.owner_id is distinct from mine or mine is null)
          and (step not in ('mine', 'rest') or (two_days_of(k.at) between reached and now + 1) is not true);
        get diagnostics more = row_count;
        got := got + more;
        exit when got >= want;
        -- What the next step need not name again.
        reached := case step when 'own newest' then now - 9 when 'newest' then now - 1 when 'newer' then now - 6 else now + 2 end;
      end loop;
    end $t$ $f$, records || '_newest', keys_table);
end $do$;

-- Words in Latin letters and digits are found by three of them in a row: two by two stand in too many names.
create procedure key_by_threes(records text, called text) language plpgsql as $do$
begin
  execute format($f$update %I k set keys = k.keys || made.keys
    from (select r.workspace_id, r.id, array(select distinct key from unnest(hashed(array(
          select right(r.workspace_id::text, 4) || 'n' || substr(f.name, i, 3) from generate_series(1, length(f.name) - 2) i
          where substr(f.name, i, 3) ~ '^[!-~]{3}$'))) key) as keys
        from %I r, regexp_replace(lower(normalize(r.%I, NFKC)), '\s+', '', 'g') as f (name)
        where r.workspace_id = current_workspace() and f.name ~ '[!-~]{3}') made
    where made.workspace_id = k.workspace_id and made.id = k.id and not k.keys @> made.keys$f$, rtrim(records, 's') || '_keys', records, called);
end $do$;

-- Where 0061 was kept from seeing the records, their keys do not stand yet.
create procedure let_keys_stand(records text, touched text) language plpgsql as $do$
begin
  execute format('update %I k set owner_id = r.owner_id, team_id = r.team_id, at = r.%I, live = r.deleted_at is null
    from %I r where r.workspace_id = current_workspace() and r.workspace_id = k.workspace_id and r.id = k.id and k.at is null',
    case records when 'activities' then 'activity_keys' else rtrim(records, 's') || '_keys' end, touched, records);
end $do$;

-- The fences around workspaces hold for whoever owns the tables, too, unless it is a superuser: so one after the other.
do $do$
declare
  here uuid;
begin
  for here in select workspace_id from workspace_directory loop
    perform set_config('latchkey.workspace', here::text, true);
    call key_by_threes('customers', 'name');
    call key_by_threes('contacts', 'name');
    call key_by_threes('leads', 'name');
    call key_by_threes('leads', 'company');
    call key_by_threes('deals', 'title');
    call key_by_threes('orders', 'title');
    call key_by_threes('tasks', 'title');
    call let_keys_stand('customers', 'updated_at');
    call let_keys_stand('contacts', 'updated_at');
    call let_keys_stand('leads', 'updated_at');
    call let_keys_stand('deals', 'updated_at');
    call let_keys_stand('orders', 'updated_at');
    call let_keys_stand('tasks', 'updated_at');
    call let_keys_stand('activities', 'at');
  end loop;
  perform set_config('latchkey.workspace', '', true);
end $do$;
drop procedure key_by_threes;
drop procedure let_keys_stand;

call mark_keys('customers');
call mark_keys('contacts');
call mark_keys('leads');
call mark_keys('deals');
call mark_keys('orders');
call mark_keys('tasks');
call mark_keys('activities');
drop procedure mark_keys;
