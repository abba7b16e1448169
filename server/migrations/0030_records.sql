-- Activities know who wrote them into the system and who changed them last, as all records do; the author may be another.
alter table activities add column created_by uuid, add column updated_by uuid;
