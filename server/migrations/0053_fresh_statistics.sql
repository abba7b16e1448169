-- Statistics are taken of tables that have more than doubled since the last time; whatever else lies there costs nothing.
create or replace function freshen_statistics() returns void language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  grown regclass;
begin
  for grown in
    select oid::regclass from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'
      and (relname ~ '^[a-z]+_keys$' or relname in ('customers', 'contacts', 'leads', 'deals', 'orders', 'products', 'tasks',
        'activities', 'audit_entries'))
      and pg_relation_size(oid) / current_setting('block_size')::integer > 2 * relpages + 10
  loop
    execute format('analyze %s', grown);
  end loop;
end $$;
