// The route of bulk changes.
import { createRoute } from '@tanstack/react-router';
import { page, root } from '../route-parts.tsx';

const batches = createRoute({
  getParentRoute: () => root,
  path: '/batches',
  ...page('batches', () => import('./BatchesPage.tsx')),
});

export const batchRoutes = [batches] as const;
