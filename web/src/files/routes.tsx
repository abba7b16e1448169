// The route of what files may be attached.
import { createRoute } from '@tanstack/react-router';
import { page, root } from '../route-parts.tsx';

const settings = createRoute({
  getParentRoute: () => root,
  path: '/file-settings',
  ...page('files', () => import('./FileSettingsPage.tsx')),
});

export const fileRoutes = [settings] as const;
