-- The same marks for less: days are counted in whole numbers, and what is asked more than once is made once.
create or replace function marks_of(owner_id uuid, team_id uuid, at timestamptz) returns integer[]
  language plpgsql immutable parallel safe
  as $$
  declare
    two_days constant integer := ((at at time zone 'UTC')::date - date '1970-01-01') >> 1;
    whose constant text := owner_id::text;
  begin
    return array_remove(array[two_days, crc32(convert_to('o' || two_days || whose, 'UTF8'))::bit(32)::integer,
      crc32(convert_to('o' || whose, 'UTF8'))::bit(32)::integer, crc32(convert_to('t' || team_id, 'UTF8'))::bit(32)::integer], null);
  end $$;
