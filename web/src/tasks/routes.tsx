// The routes of tasks.
import { createRoute } from '@tanstack/react-router';
import { filters, page, root } from '../route-parts.tsx';

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: filters('q', 'owner', 'status', 'kind', 'sheet'),
  ...page('tasks', () => import('./TasksPage.tsx'), 'customers'),
});

export const taskRoutes = [tasks] as const;
