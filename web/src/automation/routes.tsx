// The route of automation.
import { createRoute } from '@tanstack/react-router';
import { filters, page, root } from '../route-parts.tsx';

const automation = createRoute({
  getParentRoute: () => root,
  path: '/automation',
  validateSearch: filters('sheet'),
  ...page('automation', () => import('./AutomationPage.tsx')),
});

export const automationRoutes = [automation] as const;
