// The app's entry: words, theme, queries and routes come together; the session decides whether one stays.
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { holdWrites, isPassing } from './api.ts';
import type { Calls } from './calls.ts';
import { Problem } from './problem.ts';
import { router } from './routes.tsx';
import { forgetKept, sessionQuery, settleLanguage, signInAddress } from './session.ts';
import { watchForUpdates } from './shell/updates.ts';
import { takeAlong } from './ui/later.ts';
import { cssVariables, theme } from './ui/theme.ts';
import { language, startWords } from './words.ts';
import './all-words.ts';
import './ui/app.css';

/** A lock that has begun to hold this session back takes the place of the page at once; the address and drafts stay. */
function heedLock(error: unknown): void {
  const causes = ['password-initial', 'password-overdue', 'email-unverified'];
  if (error instanceof Problem && error.lock && causes.includes(error.lock.cause))
    void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
}

type Session = Calls['GET /session']['reply'];

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: heedLock }),
  mutationCache: new MutationCache({ onError: heedLock }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Asked even without a network: what is kept on the device answers then.
      networkMode: 'always',
      refetchOnReconnect: true,
      retry: (count, error) => count < 2 && navigator.onLine && isPassing(error),
      retryDelay: (count, error) =>
        (error instanceof Problem && error.retryAfter ? error.retryAfter : 2 ** count) * 1000,
    },
  },
});

const place = { queries, go: (path: string) => router.history.replace(path) };
const offline = () => import('./offline/start.ts');
/** What is taken along for later waits until the page that was asked for is there. */
const restMs = 1_500;
/** So long a write waits for it at most; one that leaves sooner is caught all the same, if what catches it still comes. */
const heldMs = 8_000;
/** Menus and sheets later still: they come at once where somebody reaches for them. */
const partsMs = 12_000;

/** Where the session has ended, nothing that is kept here may be read any more. */
async function toTheDoor(error: unknown): Promise<boolean> {
  if (!(error instanceof Problem && error.status === 401)) return false;
  await forgetKept();
  location.replace(signInAddress());
  return true;
}

/** The session as the server has it; when no answer comes soon, as this device knows it, if it does. */
async function openSession(): Promise<Session> {
  const asked = queries.fetchQuery(sessionQuery);
  const soon = new Promise<'late'>(resolve => setTimeout(() => resolve('late'), 3_000));
  const first = await Promise.race([asked, soon]).catch((error: unknown) => {
    if (!isPassing(error)) throw error;
    return 'late' as const;
  });
  if (first !== 'late') return first;
  const kept = await offline()
    .then(({ wake }) => wake(place))
    .catch(() => null);
  if (kept) void asked.catch(toTheDoor);
  return kept ?? asked;
}

const colours = localStorageColorSchemeManager({ key: 'latchkey.colours' });

async function start(): Promise<void> {
  // Words first: it settles the language in which the server is asked to tell of locks.
  const words = startWords('shell', 'ui', 'locks');
  const [session] = await Promise.allSettled([openSession(), words]);
  if (session.status === 'rejected' && (await toTheDoor(session.reason))) return;
  if (session.status === 'fulfilled') {
    const asked = language();
    await settleLanguage(session.value.user.language);
    if (language() !== asked)
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => undefined);
  }
  const root = document.getElementById('app');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colours}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
  watchForUpdates();
  if (session.status === 'fulfilled') beginOffline(session.value);
}

/** Begins with what works without a network, then fetches what was put off: when the page rests, or at once when somebody sets about anything. */
function beginOffline(session: Session): void {
  const signs = ['focusin', 'pointerdown', 'keydown', 'offline', 'online'];
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    const ready = offline()
      .then(({ begin: go }) => {
        for (const sign of signs) removeEventListener(sign, begin, true);
        return go(place, session);
      })
      .catch(() => {
        // It could not be fetched: with the next thing that somebody does.
        begun = false;
      });
    // What is written now must not leave before it could be kept; but not wait for long either.
    holdWrites(ready, heldMs);
  };
  for (const sign of signs) addEventListener(sign, begin, true);
  setTimeout(begin, restMs);
  setTimeout(takeAlong, partsMs);
}

void start();
