-- What is rare is tried before anything else is made ready: each expression of such a function costs anew in every transaction, and
-- most kinds do not know the word. What turns out not to be rare says so by a row of no id and of no end, so that it is not tried
-- again; servers of the former version take that row for too much, and read along. What is found stays the same.

create procedure newest_rare_at_once(records text) language plpgsql as $do$
declare
  keys_table text := case records when 'activities' then 'activity_keys' else rtrim(records, 's') || '_keys' end;
begin
  -- As told in 0068.
  execute format($f$create or replace function %I(a integer[], b integer[], c integer[], d integer[], e integer[], f integer[],
      mine uuid, owner uuid, team uuid, shared uuid[], own_mark integer, own_days integer[], team_mark integer,
      newest timestamptz, below uuid, want integer, most integer, rare boolean, several boolean)
    returns table (id uuid, owner_id uuid, at timestamptz)
    language plpgsql stable security definer rows 100 set search_path = pg_catalog, public
    set enable_seqscan = off set enable_indexscan = off set plan_cache_mode = force_generic_plan
    as $t$
    #variable_conflict use_column
    declare
      here constant uuid := current_workspace();
      latest found_by_keys[];
      met found_by_keys[];
    begin
      if rare then
        if several then
          if b is null then
            latest := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
              where (k.workspace_id = here) is true and (k.keys || k.marks) && array[two_days_of(newest), two_days_of(newest) + 1]
                and (k.keys || k.marks) @> a limit most + 1);
          else
            latest := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
              where (k.workspace_id = here) is true and (k.keys || k.marks) && array[two_days_of(newest), two_days_of(newest) + 1]
                and ((k.keys || k.marks) @> a or (k.keys || k.marks) @> b or (k.keys || k.marks) @> c
                  or (k.keys || k.marks) @> d or (k.keys || k.marks) @> e or (k.keys || k.marks) @> f) limit most + 1);
          end if;
        end if;
        if latest[4] is null then
          if b is null then
            met := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
              where (k.workspace_id = here) is true and (k.keys || k.marks) @> a limit 151);
          else
            met := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
              where (k.workspace_id = here) is true and ((k.keys || k.marks) @> a or (k.keys || k.marks) @> b
                or (k.keys || k.marks) @> c or (k.keys || k.marks) @> d or (k.keys || k.marks) @> e
                or (k.keys || k.marks) @> f) limit 151);
          end if;
          if met[1] is null then
            return;
          elsif met[151] is null then
            return query select k.id, k.owner_id, k.at from unnest(met) k where k.live
              and ((owner is null and team is null) or k.owner_id = owner or k.team_id = team or k.id = any(shared))
              and (below is null or (k.at, k.id) < (newest, below));
            return;
          end if;
        end if;
        return query select null::uuid, null::uuid, 'infinity'::timestamptz;
      end if;
      declare
        -- Everybody's, where what is shared lies beyond one's own.
        inside constant integer := case when shared is not null then null when owner is null then team_mark else own_mark end;
        own_first constant boolean := want is not null and (mine is not null or owner is not null and shared is null);
        own_alone constant boolean := own_first and mine is null;
        now constant integer := two_days_of(newest);
        -- From which of eleven times two days to which a step goes, of one's own the second with the first; two steps go by no days.
        firsts constant integer[] := '{10,9,null,1,null}';
        lasts constant integer[] := '{11,9,null,8,null}';
        everybodys constant integer[] := array[now - 9, now - 8, now - 7, now - 6, now - 5, now - 4, now - 3, now - 2, now - 1, now, now + 1];
        little constant integer := 1500;
        days integer[];
        mark integer;
        enough integer;
        since integer;
        reached integer;
        got integer := 0;
        more integer;
      begin
        for whose in case when own_first then 1 else 2 end .. case when own_alone then 1 else 2 end loop
          reached := now + 2;
          for step in case when want is null then 5 else 1 end .. 5 loop
            continue when whose = 1 and step in (2, 3);
            since := case when whose = 1 and step = 1 then firsts[2] else firsts[step] end;
            enough := case when step = 3 then little else most end;
            if step in (3, 5) then
              mark := case whose when 1 then own_mark else inside end;
              if b is null then
                met := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
                  where (k.workspace_id = here) is true and (k.keys || k.marks) @> with_mark(a, mark) limit enough + 1);
              else
                met := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
                  where (k.workspace_id = here) is true
                    and ((k.keys || k.marks) @> with_mark(a, mark) or (k.keys || k.marks) @> with_mark(b, mark)
                      or (k.keys || k.marks) @> with_mark(c, mark) or (k.keys || k.marks) @> with_mark(d, mark)
                      or (k.keys || k.marks) @> with_mark(e, mark) or (k.keys || k.marks) @> with_mark(f, mark)) limit enough + 1);
              end if;
              continue when step = 3 and cardinality(met) > enough;
            elsif whose = 2 and step = 1 and latest is not null then
              met := latest;
            else
              days := case whose when 1 then own_days[since:lasts[step]] else everybodys[since:lasts[step]] end;
              if b is null then
                met := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
                  where (k.workspace_id = here) is true and (k.keys || k.marks) && days and (k.keys || k.marks) @> a limit enough + 1);
              else
                met := array(select row(k.id, k.owner_id, k.team_id, k.at, k.live)::found_by_keys from %2$I k
                  where (k.workspace_id = here) is true and (k.keys || k.marks) && days
                    and ((k.keys || k.marks) @> a or (k.keys || k.marks) @> b or (k.keys || k.marks) @> c
                      or (k.keys || k.marks) @> d or (k.keys || k.marks) @> e or (k.keys || k.marks) @> f) limit enough + 1);
              end if;
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
                and (step in (1, 2, 4) or (two_days_of(k.at) between reached and now + 1) is not true);
              get diagnostics more = row_count;
              got := got + more;
              if got >= want then
                return;
              end if;
            end if;
            exit when step = 3;
            reached := now - 10 + since;
          end loop;
        end loop;
      end;
    end $t$ $f$, records || '_newest', keys_table);
end $do$;

call newest_rare_at_once('customers');
call newest_rare_at_once('contacts');
call newest_rare_at_once('leads');
call newest_rare_at_once('deals');
call newest_rare_at_once('orders');
call newest_rare_at_once('tasks');
call newest_rare_at_once('activities');
drop procedure newest_rare_at_once;
