// What routes are made of: the root with its frame, pages that are loaded when first visited, filters in the address.
import { createRootRoute } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { Unreachable } from './problem.ts';
import { NotFoundPage } from './shell/NotFoundPage.tsx';
import { PageFailed, PagePending } from './shell/PageStates.tsx';
import { Shell } from './shell/Shell.tsx';
import { StartFailed } from './shell/StartFailed.tsx';
import { fetched } from './ui/fetched.tsx';
import { loadWords } from './words.ts';

export const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: StartFailed,
});

/**
 * What every page route has in common: `...page('customers', () => import('./customers/CustomersPage.tsx'), 'custom-fields')`; rooms
 * whose words the page borrows follow.
 */
export function page(room: string, load: () => Promise<{ default: ComponentType }>, ...borrowed: string[]) {
  // Not the router's own way: that loads the whole page again where a part is missing, and so loses it without a network.
  return {
    component: fetched(load),
    loader: () =>
      loadWords(room, ...borrowed).catch(cause => {
        throw new Unreachable(cause);
      }),
    staleTime: Number.POSITIVE_INFINITY,
    pendingComponent: PagePending,
    errorComponent: PageFailed,
  };
}

/** Filters in the address: the named ones, as texts; whatever else stands there falls away. */
export function filters<const K extends string>(...keys: K[]) {
  return (search: Record<string, unknown>): { [P in K]?: string } => {
    const kept = keys.flatMap(key => {
      // The router reads JSON as what it stands for; a filter is the text of it.
      const read = search[key];
      const value = typeof read === 'object' && read !== null ? JSON.stringify(read) : read;
      return typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [];
    });
    return Object.fromEntries(kept.filter(([, value]) => value !== ''));
  };
}
