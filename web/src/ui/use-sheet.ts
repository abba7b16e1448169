// Which sheet of a page is open, kept in the address: the phone's back button closes it, a draft's link opens it again.
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';

type Search = Record<string, unknown> & { sheet?: string };

/** `sheet.is('edit')`, `sheet.open('edit')`, `sheet.close()`; the route's `validateSearch` must let `sheet` through. */
export function useSheet() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const router = useRouter();
  // The hook serves every route, so the router cannot know the search of the one it is on: hence the cast.
  const go = (sheet: string | undefined, how: { replace: boolean; state: { sheet?: true } }) =>
    void navigate({
      to: '.',
      search: (before: Search) => ({ ...before, sheet }),
      resetScroll: false,
      ...how,
    } as never);
  return {
    name: search.sheet ?? null,
    is: (name: string) => search.sheet === name,
    open: (name: string) => go(name, { replace: false, state: { sheet: true } }),
    close: () => {
      const { location } = router.state;
      if (!(location.search as Search).sheet) return;
      // Opened here: going back leaves no second entry of the same page behind.
      if ((location.state as { sheet?: true }).sheet) router.history.back();
      else go(undefined, { replace: true, state: {} });
    },
  };
}
