-- Which keys are common is told as a whole and remembered, instead of being asked for each word anew; and it is known of more keys:
-- of four thousand for each table, so that a word that one record in some hundreds has is among them.
alter table customer_keys alter keys set statistics 400;
alter table contact_keys alter keys set statistics 400;
alter table lead_keys alter keys set statistics 400;
alter table deal_keys alter keys set statistics 400;
alter table order_keys alter keys set statistics 400;
alter table task_keys alter keys set statistics 400;
alter table activity_keys alter keys set statistics 400;

-- How many rows such a table has, and of this workspace's common keys (numbers do not say whose they are) what share of all has them.
create function common_keys(target text) returns table (total real, keys text[], shares real[])
  language sql stable security definer rows 1 set search_path = pg_catalog, public
  as $$
    select (select greatest(reltuples, 0) from pg_class where oid = target::regclass),
      coalesce(array_agg(u.key), '{}'), coalesce(array_agg(u.share), '{}')
    from pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as u (key, share)
    where s.schemaname = 'public' and s.tablename = target and s.attname = 'keys' and target ~ '^[a-z]+_keys$'
      and (target = 'activity_keys' or starts_with(u.key, right(current_workspace()::text, 4)))
  $$;

drop function key_shares(text, text[]);
