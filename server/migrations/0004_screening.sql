-- Screened passwords: by which list each was checked, and what has been guessed of those that were not.
alter table people
  add column screened_with text,                                    -- version of the list and rules; null: not screened
  add column listed_mass double precision not null default 0,       -- probability mass of listed guesses that were verified
  add column listed_mass_at bigint not null default 0;              -- milliseconds since 1970; the mass halves in ninety days
