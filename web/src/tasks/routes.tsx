// The routes of tasks.
import { createRoute } from '@tanstack/react-router';
import { filters, page, root } from '../route-parts.tsx';
import { searchKeys } from './search.ts';

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: filters(...searchKeys, 'sheet'),
  ...page('tasks', () => import('./TasksPage.tsx'), 'customers', 'custom-fields', 'views', 'batches'),
});

export const taskRoutes = [tasks] as const;
