-- From where a session was confirmed: what is delicate wants the same network and browser again (ASVS 5.0 7.5.3, 8.2.4).
alter table session_confirmations
  add column source text,
  add column browser bytea;
