// The route of the bin.
import { createRoute } from '@tanstack/react-router';
import { filters, page, root } from '../route-parts.tsx';

const bin = createRoute({
  getParentRoute: () => root,
  path: '/bin',
  validateSearch: filters('q', 'object'),
  ...page('bin', () => import('./BinPage.tsx')),
});

export const binRoutes = [bin] as const;
