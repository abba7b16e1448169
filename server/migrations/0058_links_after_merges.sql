-- Own fields that link to a record which is merged into another link to that one from then on, and back when it is undone
-- as far as nobody has chosen otherwise.
create function links_merge() returns trigger language plpgsql as $$
declare
  field record;
  target text;
  place text;
begin
  for field in select key, object from custom_fields
    where workspace_id = new.workspace_id and kind = 'record' and options->>'target' = new.object
  loop
    target := case field.object when 'activity' then 'activities' else field.object || 's' end;
    place := 'links.' || target || '.' || field.key;
    if tg_op = 'INSERT' then
      execute format('with moved as (
          update %1$I t set custom = jsonb_set(t.custom, array[%2$L], to_jsonb($3::text)), version = t.version + 1
          where t.workspace_id = $1 and t.custom->>%2$L = $4::text returning t.id)
        insert into merge_moves (workspace_id, merge_id, place, record_id) select $1, $2, %3$L, id from moved',
        target, field.key, place)
        using new.workspace_id, new.id, new.survivor_id, new.other_id;
    else
      execute format('update %1$I t set custom = jsonb_set(t.custom, array[%2$L], to_jsonb($3::text)), version = t.version + 1
        from merge_moves m where m.workspace_id = $1 and m.merge_id = $2 and m.place = %3$L
          and t.workspace_id = $1 and t.id = m.record_id and t.custom->>%2$L = $4::text',
        target, field.key, place)
        using new.workspace_id, new.id, new.other_id, new.survivor_id;
    end if;
  end loop;
  return null;
end $$;
create trigger links_merge after insert on merges for each row execute function links_merge();
create trigger links_return after update of undone_at on merges for each row
  when (new.undone_at is not null and old.undone_at is null) execute function links_merge();
