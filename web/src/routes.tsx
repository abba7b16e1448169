// The one table of routes. A page is loaded when first visited, its room's words beside it.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFoundPage } from './shell/NotFoundPage.tsx';
import { PageFailed, PagePending } from './shell/PageStates.tsx';
import { Shell } from './shell/Shell.tsx';
import { StartFailed } from './shell/StartFailed.tsx';
import { loadWords } from './words.ts';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: StartFailed,
});

/** What every page route has in common: `...page('customers', () => import('./customers/CustomersPage.tsx'))`. */
function page(room: string, load: () => Promise<{ default: () => React.ReactNode }>) {
  const component = lazyRouteComponent(load);
  return {
    component,
    loader: () => loadWords(room),
    staleTime: Number.POSITIVE_INFINITY,
    pendingComponent: PagePending,
    errorComponent: PageFailed,
  };
}

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  ...page('home', () => import('./home/HomePage.tsx')),
});
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  ...page('account', () => import('./account/AccountPage.tsx')),
});

export const router = createRouter({
  routeTree: root.addChildren([home, account]),
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
