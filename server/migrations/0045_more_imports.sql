-- Files become leads, products, tasks and orders as well; sample records of a new workspace; first steps put away.

alter table products add column foreign_id text;
alter table products add column import_id uuid;
create index products_foreign on products (workspace_id, foreign_id) where foreign_id is not null;
create index products_import on products (workspace_id, import_id) where import_id is not null;
alter table tasks add column foreign_id text;
alter table tasks add column import_id uuid;
create index tasks_foreign on tasks (workspace_id, foreign_id) where foreign_id is not null;
create index tasks_import on tasks (workspace_id, import_id) where import_id is not null;
alter table orders add column foreign_id text;
alter table orders add column import_id uuid;
create index orders_foreign on orders (workspace_id, foreign_id) where foreign_id is not null;
create index orders_import on orders (workspace_id, import_id) where import_id is not null;

-- The records of the sample, and the version that each had when it was made.
create table sample_records (
  workspace_id uuid not null,
  object text not null,
  record_id uuid not null,
  version integer not null,
  primary key (workspace_id, object, record_id)
);
call fence('sample_records');

-- Who wants to see the first steps no more.
create table first_steps (
  workspace_id uuid not null,
  person_id uuid not null,
  closed_at timestamptz(3) not null,
  primary key (workspace_id, person_id)
);
call fence('first_steps');
