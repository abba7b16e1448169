-- Of a word that thousands have, a few days hold enough: they are looked up in smaller steps, the last two days first. Beside the
-- functions of the same names that servers of the former version still ask.

create procedure by_smaller_steps(records text) language plpgsql as $do$
declare
  keys_table text := case records when 'activities' then 'activity_keys' else rtrim(records, 's') || '_keys' end;
begin
  -- What has all keys of any of six ways and is one's own, one's team's or shared; all where no owner and no team is named. Looked up
  -- step by step until so many are found as are wanted. What is `rare` at once, if it is no more than `few`. Then of what belongs
  -- to `mine` (or else `owner`) what was touched in the latest two days (and the next two: planned, or by a faster clock), in the two
  -- before, in the sixteen before those, and whatever is left; then the same of everybody's, where all there is, if it is little,
  -- comes before the sixteen days: their lists are long (measured). Where a step meets more than `most`, a row without an id says so.
  -- Marks come with the question, as they are dear to make here: that of `mine` or else `owner`, his of the days to `newest`, and
  -- that of `team`.
  execute format($f$create function %I(a integer[], b integer[], c integer[], d integer[], e integer[], f integer[],
      mine uuid, owner uuid, team uuid, shared uuid[], own_mark integer, own_days integer[], team_mark integer,
      newest timestamptz, below uuid, want integer, most integer, rare boolean)
    returns table (id uuid, owner_id uuid, at timestamptz)
    language plpgsql stable security definer rows 100 set search_path = pg_catalog, public
    set enable_seqscan = off set enable_indexscan = off set plan_cache_mode = force_generic_plan
    as $t$
    #variable_conflict use_column
    declare
      -- Everybody's, where what is shared lies beyond one's own.
      inside constant integer := case when shared is not null then null when owner is null then team_mark else own_mark end;
      own_first constant boolean := want is not null and (mine is not null or owner is not null and shared is null);
      own_alone constant boolean := own_first and mine is null;
      here constant uuid := current_workspace();
      now constant integer := two_days_of(newest);
      -- From which of eleven times two days to which a step goes; the other two steps go by no days.
      firsts constant integer[] := '{10,9,null,1,null}';
      lasts constant integer[] := '{11,9,null,8,null}';
      everybodys constant integer[] := array[now - 9, now - 8, now - 7, now - 6, now - 5, now - 4, now - 3, now - 2, now - 1, now, now + 1];
      few constant integer := 500;
      little constant integer := 1500;
      days integer[];
      mark integer;
      enough integer;
      reached integer;
      met found_by_keys[];
      got integer := 0;
      more integer;
    begin
      for whose in case when rare then 0 when own_first then 1 else 2 end .. case when own_alone then 1 else 2 end loop
        reached := now + 2;
        for step in case when want is null then 5 else 1 end .. 5 loop
          continue when case whose when 0 then step <> 3 when 1 then step = 3 or not own_first else step = 3 and rare end;
          enough := case when whose = 0 then few when step = 3 then little else most end;
          if step in (3, 5) then
            mark := case whose when 0 then null when 1 then own_mark else inside end;
            met := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
              where (k.workspace_id = here) is true
                and ((k.keys || k.marks) @> with_mark(a, mark) or (k.keys || k.marks) @> with_mark(b, mark)
                  or (k.keys || k.marks) @> with_mark(c, mark) or (k.keys || k.marks) @> with_mark(d, mark)
                  or (k.keys || k.marks) @> with_mark(e, mark) or (k.keys || k.marks) @> with_mark(f, mark)) limit enough + 1);
            continue when step = 3 and cardinality(met) > enough;
          else
            days := case whose when 1 then own_days[firsts[step]:lasts[step]] else everybodys[firsts[step]:lasts[step]] end;
            met := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
              where (k.workspace_id = here) is true and (k.keys || k.marks) && days
                and ((k.keys || k.marks) @> a or (k.keys || k.marks) @> b or (k.keys || k.marks) @> c
                  or (k.keys || k.marks) @> d or (k.keys || k.marks) @> e or (k.keys || k.marks) @> f) limit enough + 1);
          end if;
          if cardinality(met) > enough then
            return query select null::uuid, null::uuid, null::timestamptz;
            return;
          end if;
          if met <> '{}' then
            return query select k.id, k.owner_id, k.at from unnest(met) k where k.live
              and ((owner is null and team is null) or k.owner_id = owner or k.team_id = team or k.id = any(shared))
              and (below is null or (k.at, k.id) < (newest, below))
              and (whose < 2 or not own_first or k.owner_id is distinct from mine)
              and (step in (1, 2, 4) or whose = 0 or (two_days_of(k.at) between reached and now + 1) is not true);
            get diagnostics more = row_count;
            got := got + more;
            if got >= want then
              return;
            end if;
          end if;
          if whose = 0 then
            return;
          end if;
          exit when step = 3;
          reached := now - 10 + firsts[step];
        end loop;
      end loop;
    end $t$ $f$, records || '_newest', keys_table);
end $do$;

call by_smaller_steps('customers');
call by_smaller_steps('contacts');
call by_smaller_steps('leads');
call by_smaller_steps('deals');
call by_smaller_steps('orders');
call by_smaller_steps('tasks');
call by_smaller_steps('activities');
drop procedure by_smaller_steps;
