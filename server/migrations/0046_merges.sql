-- Contacts and leads that are one and the same are merged as customers are, with all that hangs on them; shares and
-- followers go along as well, and back.

alter table contacts add column merged_into uuid;
create index contacts_merged on contacts (workspace_id, merged_into) where merged_into is not null;
alter table leads add column merged_into uuid;
create index leads_merged on leads (workspace_id, merged_into) where merged_into is not null;

alter table merges drop constraint merges_object_check;
alter table merges add constraint merges_object_check check (object in ('customer', 'contact', 'lead'));

create index activities_contact on activities (workspace_id, contact_id) where contact_id is not null;
create index deals_contact on deals (workspace_id, contact_id) where contact_id is not null;
create index orders_contact on orders (workspace_id, contact_id) where contact_id is not null;
create index leads_contact on leads (workspace_id, contact_id) where contact_id is not null;
create index intake_entries_lead on intake_entries (workspace_id, lead_id) where lead_id is not null;

call moves_with_merge('contact', 'activities', 'contact_id', ', version = t.version + 1');
call moves_with_merge('contact', 'deals', 'contact_id', ', version = t.version + 1');
call moves_with_merge('contact', 'orders', 'contact_id', ', version = t.version + 1');
call moves_with_merge('contact', 'leads', 'contact_id', ', version = t.version + 1');
call moves_with_merge('contact', 'comments', 'object_id', '', 'and t.object_type = ''contact''');
call moves_with_merge('contact', 'files', 'object_id', '', 'and t.object_type = ''contact''');
-- What is to be done about a contact is listed at its customer.
call moves_with_merge('contact', 'tasks', 'about_id',
  ', version = t.version + 1,
    customer_id = (select c.customer_id from contacts c where c.workspace_id = $1 and c.id = $3)',
  'and t.about_type = ''contact''');

-- What was done with a lead has the owner of the lead, until it has become a customer.
call moves_with_merge('lead', 'activities', 'lead_id',
  ', version = t.version + 1,
    owner_id = (select l.owner_id from leads l where l.workspace_id = $1 and l.id = $3),
    team_id = (select l.team_id from leads l where l.workspace_id = $1 and l.id = $3)',
  'and t.customer_id is null');
call moves_with_merge('lead', 'intake_entries', 'lead_id');
call moves_with_merge('lead', 'comments', 'object_id', '', 'and t.object_type = ''lead''');
call moves_with_merge('lead', 'files', 'object_id', '', 'and t.object_type = ''lead''');
call moves_with_merge('lead', 'tasks', 'about_id', ', version = t.version + 1', 'and t.about_type = ''lead''');

-- With whom the one is shared the other is shared from then on, unless it is already.
create procedure shares_move_with_merge(object text) language plpgsql as $$
begin
  call moves_with_merge(object, 'record_shares', 'record_id', '', format('and t.object = %L and t.ended_at is null
    and not exists (select from record_shares s where s.workspace_id = $1 and s.object = t.object and s.record_id = $3
      and s.ended_at is null and coalesce(s.person_id, s.team_id) = coalesce(t.person_id, t.team_id))', object));
end $$;
call shares_move_with_merge('customer');
call shares_move_with_merge('contact');
call shares_move_with_merge('lead');

-- Who follows the one only because of the merge stops when it is undone; the one that went away kept its followers.
create or replace function follows_merge() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    with came as (
      insert into follows (workspace_id, object_type, object_id, person_id, following, at)
      select workspace_id, object_type, new.survivor_id, person_id, true, new.at from follows
      where workspace_id = new.workspace_id and object_type = new.object and object_id = new.other_id and following
      on conflict do nothing returning person_id)
    insert into merge_moves (workspace_id, merge_id, place, record_id)
      select new.workspace_id, new.id, 'follows.person_id', person_id from came;
  else
    delete from follows f using merge_moves m
      where m.workspace_id = new.workspace_id and m.merge_id = new.id and m.place = 'follows.person_id'
        and f.workspace_id = new.workspace_id and f.object_type = new.object and f.object_id = new.survivor_id
        and f.person_id = m.record_id and f.following and f.at = new.at;
  end if;
  return null;
end $$;
create trigger follows_unmerge after update of undone_at on merges for each row
  when (new.undone_at is not null and old.undone_at is null) execute function follows_merge();
