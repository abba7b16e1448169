-- More about the ways back in: an identity proved inside a ticket is used up by the help it led to, and security questions.

-- Each proof is good for one action at the desk; a new one takes its place.
alter table tickets add column proof_used_at timestamptz(3);
create index tickets_proven on tickets (workspace_id, person_id, proven_at) where proven_at is not null;

-- The ticket by which the person was identified, where the proof is `ticket`.
alter table desk_requests add column ticket_id uuid;

-- Whether a workspace asks security questions in a recovery, and why; it does not where there is no row.
create table question_policies (
  workspace_id uuid primary key references workspaces on delete cascade,
  enabled boolean not null,
  reason text not null default '',
  changed_at timestamptz(3) not null
);
call fence('question_policies');

-- One person's questions, sealed by a key apart from the database, and one slow hash over all answers in their order.
create table security_questions (
  workspace_id uuid not null,
  person_id uuid not null,
  questions text not null,
  answers_hash text not null,
  set_at timestamptz(3) not null,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references people on delete cascade
);
call fence('security_questions');

-- When the questions were answered in this recovery.
alter table recoveries add column answered_at timestamptz(3);
