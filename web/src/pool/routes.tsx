// The routes of the public pool.
import { createRoute } from '@tanstack/react-router';
import { filters, page, root } from '../route-parts.tsx';

const pool = createRoute({
  getParentRoute: () => root,
  path: '/pool',
  validateSearch: filters('q', 'reason', 'sheet'),
  ...page('pool', () => import('./PoolPage.tsx'), 'customers'),
});
const rules = createRoute({
  getParentRoute: () => root,
  path: '/pool/rules',
  validateSearch: filters('sheet'),
  ...page('pool', () => import('./RulesPage.tsx'), 'customers'),
});

export const poolRoutes = [pool, rules] as const;
