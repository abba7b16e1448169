// The routes of quotes, orders, payments due, products and price lists.
import { createRoute } from '@tanstack/react-router';
import { searchKeys as productSearchKeys } from '../products/search.ts';
import { filters, page, root } from '../route-parts.tsx';
import { searchKeys as orderSearchKeys } from './search.ts';

const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  validateSearch: filters(...orderSearchKeys, 'sheet'),
  ...page(
    'orders',
    () => import('./OrdersPage.tsx'),
    'views',
    'exports',
    'deals',
    'custom-fields',
    'batches',
  ),
});
const paymentsDue = createRoute({
  getParentRoute: () => root,
  path: '/orders/due',
  validateSearch: filters('span', 'owner'),
  ...page('orders', () => import('./DuePage.tsx')),
});
const order = createRoute({
  getParentRoute: () => root,
  path: '/orders/$id',
  validateSearch: filters('sheet'),
  ...page(
    'orders',
    () => import('./OrderPage.tsx'),
    'custom-fields',
    'files',
    'deals',
    'customers',
    'history',
    'comments',
  ),
});
const printedOrder = createRoute({
  getParentRoute: () => root,
  path: '/orders/$id/print',
  ...page('orders', () => import('./PrintPage.tsx')),
});
const products = createRoute({
  getParentRoute: () => root,
  path: '/products',
  validateSearch: filters(...productSearchKeys, 'sheet'),
  ...page(
    'products',
    () => import('../products/ProductsPage.tsx'),
    'exports',
    'orders',
    'customers',
    'custom-fields',
    'views',
  ),
});
const product = createRoute({
  getParentRoute: () => root,
  path: '/products/$id',
  validateSearch: filters('sheet'),
  ...page(
    'products',
    () => import('../products/ProductPage.tsx'),
    'orders',
    'customers',
    'audit',
    'custom-fields',
    'history',
    'files',
  ),
});
const priceLists = createRoute({
  getParentRoute: () => root,
  path: '/products/price-lists',
  ...page('products', () => import('../products/PriceListsPage.tsx'), 'orders'),
});
const priceList = createRoute({
  getParentRoute: () => root,
  path: '/products/price-lists/$id',
  ...page('products', () => import('../products/PriceListPage.tsx'), 'orders', 'customers'),
});

export const orderRoutes = [
  orders,
  paymentsDue,
  order,
  printedOrder,
  products,
  product,
  priceLists,
  priceList,
] as const;
