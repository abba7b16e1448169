-- An export of everything takes the attached files along, where one likes.
alter table exports add column with_files boolean not null default false;
