-- What must not change as an entry is sealed is compared as it lies there, instead of being made into JSON twice.
create or replace function audit_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.seq is null and new.seq is not null and new.hash is not null then
      old.seq := new.seq;
      old.hash := new.hash;
      if old *= new then
        return new;
      end if;
    end if;
  end if;
  raise exception 'the audit journal is append-only' using errcode = 'insufficient_privilege';
end $$;
