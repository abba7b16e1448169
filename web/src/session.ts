// Who is signed in, as the pages see it: one query, one question `may`, one way out.
import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api } from './api.ts';
import { Problem } from './problem.ts';
import { toast } from './ui/toast.tsx';
import { chooseLanguage, type Language, nearest, say, takeChosenLanguage } from './words.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => api('GET /session'),
  staleTime: 60_000,
});

/** The signed-in person, workspace, capabilities and locks. Only below the shell. */
export function useMe() {
  const { data } = useSuspenseQuery(sessionQuery);
  return {
    ...data,
    may: (capability: string) => data.capabilities.includes(capability),
    /** Whether the role lets a field of such records be changed; hidden ones come empty. */
    writes: (object: string, field: string) => data.fields?.[object]?.[field] === undefined,
    /** Whether the role lets it be seen. */
    sees: (object: string, field: string) => data.fields?.[object]?.[field] !== 'hidden',
  };
}

/** Uses the account's language, unless one was just picked by hand at the door: then the account learns it. */
export async function settleLanguage(ofAccount: string | null | undefined): Promise<void> {
  const picked = takeChosenLanguage();
  if (picked && picked !== ofAccount) return saveLanguage(picked);
  if (ofAccount) await chooseLanguage(nearest(ofAccount), false);
}

/** Changes the language here at once and in the account as soon as the server hears of it. */
export async function saveLanguage(next: Language): Promise<void> {
  await chooseLanguage(next, false);
  await api('PATCH /me', { body: { language: next } }).catch(() => undefined);
}

/** The session is over: whoever comes next on this device reads nothing of what is kept on it (L50). */
export async function forgetKept(): Promise<void> {
  const { forgetKeys } = await import('./offline/key.ts');
  await forgetKeys();
}

/** Ends the session on the server and leads to the door. Drafts stay, sealed, until this person is back. */
export async function signOut(queries: QueryClient): Promise<void> {
  try {
    await api('DELETE /session', { gate: false });
  } catch (error) {
    // Ended already is as good; a server out of reach would leave the session open, which must be said.
    if (!(error instanceof Problem && error.status === 401)) return toast(say('ui', 'unreachable'));
  }
  await forgetKept();
  queries.clear();
  location.assign('/sign-in?reason=signed-out');
}

/** The address of the sign-in page that leads back to where one is. */
export function signInAddress(reason?: 'expired'): string {
  const here = location.pathname + location.search + location.hash;
  const query = new URLSearchParams(reason ? { reason } : {});
  if (here !== '/') query.set('next', here);
  return query.size > 0 ? `/sign-in?${query}` : '/sign-in';
}
