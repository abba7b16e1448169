-- What is sold and for how much, quotes and orders with their lines, and what is to be paid when.
-- Money is kept in minor units, quantities as decimals of four places, percentages in hundredths of a per cent.

create table products (
  workspace_id uuid not null,
  id uuid not null,
  code text collate "C" not null,
  name text not null,
  name_sort text collate "C" not null,
  unit text,
  category text,
  description text,
  tax_rate integer not null default 0 check (tax_rate between 0 and 10000),
  price bigint not null default 0 check (price >= 0),
  currency text not null default 'CNY',
  active boolean not null default true,
  owner_id uuid,
  team_id uuid,
  created_at timestamptz(3) not null,
  created_by uuid,
  updated_at timestamptz(3) not null,
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz(3),
  deleted_by uuid,
  primary key (workspace_id, id)
);
create unique index products_code on products (workspace_id, lower(code)) where deleted_at is null;
create index products_updated on products (workspace_id, updated_at, id) where deleted_at is null;
create index products_owner_updated on products (workspace_id, owner_id, updated_at, id) where deleted_at is null;
create index products_team_updated on products (workspace_id, team_id, updated_at, id) where deleted_at is null;
create index products_name on products (workspace_id, name_sort, id) where deleted_at is null;
create index products_bin on products (workspace_id, deleted_at, id) where deleted_at is not null;
call fence('products');

-- A list for all customers, or for those of one level; the dates are days, both included.
create table price_lists (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  currency text not null,
  valid_from date,
  valid_to date,
  customer_level text,
  active boolean not null default true,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null default 1,
  deleted_at timestamptz(3),
  primary key (workspace_id, id)
);
call fence('price_lists');

create table price_list_items (
  workspace_id uuid not null,
  price_list_id uuid not null,
  product_id uuid not null,
  from_quantity numeric(18, 4) not null check (from_quantity >= 0),   -- this price holds from so many on
  unit_price bigint not null check (unit_price >= 0),
  primary key (workspace_id, price_list_id, product_id, from_quantity),
  foreign key (workspace_id, price_list_id) references price_lists (workspace_id, id) on delete cascade,
  foreign key (workspace_id, product_id) references products (workspace_id, id) on delete cascade
);
create index price_list_items_product on price_list_items (workspace_id, product_id);
call fence('price_list_items');

-- The last number given of each kind and year.
create table order_numbers (
  workspace_id uuid not null,
  kind text not null,
  year integer not null,
  last integer not null,
  primary key (workspace_id, kind, year)
);
call fence('order_numbers');

create table orders (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('quote', 'order')),
  number text not null,
  title text not null,
  customer_id uuid not null,
  contact_id uuid,
  deal_id uuid,
  quote_id uuid,                            -- the quote that this order came of
  status text not null check (status in
    ('draft', 'sent', 'accepted', 'declined', 'expired', 'confirmed', 'delivered', 'closed', 'cancelled')),
  status_since timestamptz(3) not null,
  currency text not null,
  tax_included boolean not null default false,
  issued_on date not null,
  valid_until date,                         -- of a quote
  delivery_on date,
  terms text,
  remark text,
  net bigint not null default 0,
  tax bigint not null default 0,
  total bigint not null default 0,
  paid bigint not null default 0,           -- sum of the payments that were not taken back
  owner_id uuid,
  team_id uuid,
  created_at timestamptz(3) not null,
  created_by uuid,
  updated_at timestamptz(3) not null,
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz(3),
  deleted_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, customer_id) references customers (workspace_id, id) on delete cascade
);
create unique index orders_number on orders (workspace_id, number);
create unique index orders_of_quote on orders (workspace_id, quote_id) where quote_id is not null and deleted_at is null;
create index orders_updated on orders (workspace_id, updated_at, id) where deleted_at is null;
create index orders_owner_updated on orders (workspace_id, owner_id, updated_at, id) where deleted_at is null;
create index orders_team_updated on orders (workspace_id, team_id, updated_at, id) where deleted_at is null;
create index orders_total on orders (workspace_id, total, id) where deleted_at is null;
create index orders_customer on orders (workspace_id, customer_id, updated_at, id);
create index orders_deal on orders (workspace_id, deal_id, updated_at, id) where deal_id is not null;
create index orders_valid on orders (workspace_id, valid_until) where status = 'sent' and deleted_at is null;
create index orders_bin on orders (workspace_id, deleted_at, id) where deleted_at is not null;
call fence('orders');

create table order_lines (
  workspace_id uuid not null,
  order_id uuid not null,
  position integer not null,
  product_id uuid,                          -- null: written in free words
  code text,
  name text not null,
  description text,
  unit text,
  quantity numeric(18, 4) not null check (quantity > 0),
  unit_price bigint not null check (unit_price >= 0),
  discount integer not null default 0 check (discount between 0 and 10000),
  tax_rate integer not null default 0 check (tax_rate between 0 and 10000),
  net bigint not null,
  tax bigint not null,
  total bigint not null,
  primary key (workspace_id, order_id, position),
  foreign key (workspace_id, order_id) references orders (workspace_id, id) on delete cascade
);
create index order_lines_product on order_lines (workspace_id, product_id) where product_id is not null;
call fence('order_lines');

-- What is to be paid when; `open` is what payments have not covered yet, the earliest being covered first.
create table order_instalments (
  workspace_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  due_on date not null,
  due_at timestamptz(3) not null generated always as (due_on::timestamp at time zone 'UTC') stored,
  amount bigint not null check (amount > 0),
  open bigint not null check (open between 0 and amount),
  note text,
  reminded text check (reminded in ('soon', 'overdue')),
  primary key (workspace_id, id),
  foreign key (workspace_id, order_id) references orders (workspace_id, id) on delete cascade
);
create index order_instalments_order on order_instalments (workspace_id, order_id, due_on, id);
create index order_instalments_due on order_instalments (workspace_id, due_at, id) where open > 0;
call fence('order_instalments');

create table order_payments (
  workspace_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  received_on date not null,
  amount bigint not null check (amount > 0),
  note text,
  created_at timestamptz(3) not null,
  created_by uuid,
  reversed_at timestamptz(3),
  reversed_by uuid,
  reversal text,                            -- why it was taken back
  primary key (workspace_id, id),
  foreign key (workspace_id, order_id) references orders (workspace_id, id) on delete cascade
);
create index order_payments_order on order_payments (workspace_id, order_id, received_on, id);
call fence('order_payments');

-- Quotes and orders go into the bin with their customer and come back with it; their owner stays who it was.
create function orders_follow_customer() returns trigger language plpgsql as $$
begin
  update orders set deleted_at = new.deleted_at, deleted_by = new.deleted_by, version = version + 1
    where workspace_id = new.workspace_id and customer_id = new.id and deleted_at is not distinct from old.deleted_at;
  return null;
end $$;
create trigger orders_follow_customer after update of deleted_at on customers for each row
  when (new.deleted_at is distinct from old.deleted_at) execute function orders_follow_customer();

create function orders_follow_person() returns trigger language plpgsql as $$
begin
  update orders set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id;
  update products set team_id = new.team_id where workspace_id = new.workspace_id and owner_id = new.id;
  return null;
end $$;
create trigger orders_follow_person after update of team_id on people for each row
  when (new.team_id is distinct from old.team_id) execute function orders_follow_person();
