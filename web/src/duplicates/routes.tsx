// The routes of duplicates and merges.
import { createRoute } from '@tanstack/react-router';
import { filters, page, root } from '../route-parts.tsx';

const duplicates = createRoute({
  getParentRoute: () => root,
  path: '/duplicates',
  validateSearch: filters('object'),
  ...page('duplicates', () => import('./DuplicatesPage.tsx')),
});
const merge = createRoute({
  getParentRoute: () => root,
  path: '/duplicates/merge',
  validateSearch: filters('into', 'other', 'object'),
  ...page('duplicates', () => import('./MergePage.tsx'), 'customers', 'contacts', 'leads', 'custom-fields'),
});

export const duplicateRoutes = [duplicates, merge] as const;
