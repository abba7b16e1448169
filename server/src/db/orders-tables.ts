// The tables of products, price lists, quotes, orders and payments; numerics travel as text, so that none is rounded.
import type { ColumnType, Generated } from 'kysely';
import type { Nullable, NullableTime, Timestamp } from './columns.ts';
import type { CustomColumns } from './custom-fields-tables.ts';
import type { SearchKeys } from './search-tables.ts';

export type OrderKind = 'quote' | 'order';
export type OrderStatus =
  | 'draft'
  | 'sent'
  | 'accepted'
  | 'declined'
  | 'expired'
  | 'confirmed'
  | 'delivered'
  | 'closed'
  | 'cancelled';

type Kept = {
  workspace_id: string;
  id: string;
  owner_id: Nullable<string>;
  team_id: Nullable<string>;
  created_at: Timestamp;
  created_by: Nullable<string>;
  updated_at: Timestamp;
  updated_by: Nullable<string>;
  version: Generated<number>;
  deleted_at: NullableTime;
  deleted_by: Nullable<string>;
};

export type OrdersTables = {
  products: Kept &
    CustomColumns & {
      code: string;
      name: string;
      name_sort: string;
      unit: Nullable<string>;
      category: Nullable<string>;
      description: Nullable<string>;
      tax_rate: Generated<number>;
      price: Generated<number>;
      currency: Generated<string>;
      active: Generated<boolean>;
      foreign_id: Nullable<string>;
      import_id: Nullable<string>;
    };
  price_lists: {
    workspace_id: string;
    id: string;
    name: string;
    currency: string;
    valid_from: Nullable<string>;
    valid_to: Nullable<string>;
    customer_level: Nullable<string>;
    active: Generated<boolean>;
    created_at: Timestamp;
    updated_at: Timestamp;
    version: Generated<number>;
    deleted_at: NullableTime;
    import_id: Nullable<string>;
  };
  price_list_items: {
    workspace_id: string;
    price_list_id: string;
    product_id: string;
    from_quantity: string;
    unit_price: number;
  };
  order_keys: SearchKeys;
  order_numbers: { workspace_id: string; kind: OrderKind; year: number; last: number };
  orders: Kept &
    CustomColumns & {
      kind: OrderKind;
      number: string;
      title: string;
      customer_id: string;
      contact_id: Nullable<string>;
      deal_id: Nullable<string>;
      quote_id: Nullable<string>;
      status: OrderStatus;
      status_since: Timestamp;
      currency: string;
      tax_included: Generated<boolean>;
      issued_on: string;
      valid_until: Nullable<string>;
      delivery_on: Nullable<string>;
      terms: Nullable<string>;
      remark: Nullable<string>;
      net: Generated<number>;
      tax: Generated<number>;
      total: Generated<number>;
      paid: Generated<number>;
      foreign_id: Nullable<string>;
      import_id: Nullable<string>;
    };
  order_lines: {
    workspace_id: string;
    order_id: string;
    position: number;
    product_id: Nullable<string>;
    code: Nullable<string>;
    name: string;
    description: Nullable<string>;
    unit: Nullable<string>;
    quantity: string;
    unit_price: number;
    discount: Generated<number>;
    tax_rate: Generated<number>;
    net: number;
    tax: number;
    total: number;
  };
  order_instalments: {
    workspace_id: string;
    id: string;
    order_id: string;
    due_on: string;
    due_at: ColumnType<string, never, never>;
    amount: number;
    open: number;
    note: Nullable<string>;
    reminded: Nullable<'soon' | 'overdue'>;
  };
  order_payments: {
    workspace_id: string;
    id: string;
    order_id: string;
    received_on: string;
    amount: number;
    note: Nullable<string>;
    created_at: Timestamp;
    created_by: Nullable<string>;
    reversed_at: NullableTime;
    reversed_by: Nullable<string>;
    reversal: Nullable<string>;
  };
};
