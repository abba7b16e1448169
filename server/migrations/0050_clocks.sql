-- The time zone that a company's days are meant in, unless a person has one of his own; none: by the company's language.
alter table workspaces add column time_zone text check (length(time_zone) between 1 and 64);
