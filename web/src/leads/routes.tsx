// The routes of leads.
import { createRoute } from '@tanstack/react-router';
import { filters, page, root } from '../route-parts.tsx';
import { searchKeys } from './search.ts';

const leads = createRoute({
  getParentRoute: () => root,
  path: '/leads',
  validateSearch: filters(...searchKeys, 'sheet'),
  ...page(
    'leads',
    () => import('./LeadsPage.tsx'),
    'exports',
    'customers',
    'batches',
    'custom-fields',
    'views',
  ),
});
const lead = createRoute({
  getParentRoute: () => root,
  path: '/leads/$id',
  validateSearch: filters('sheet'),
  ...page(
    'leads',
    () => import('./LeadPage.tsx'),
    'files',
    'custom-fields',
    'customers',
    'tasks',
    'activities',
    'audit',
    'history',
    'comments',
  ),
});

export const leadRoutes = [leads, lead] as const;
