// The app's entry: words, theme, queries and routes come together; the session decides whether one stays.
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isPassing } from './api.ts';
import { Problem } from './problem.ts';
import { router } from './routes.tsx';
import { forgetKept, sessionQuery, settleLanguage, signInAddress } from './session.ts';
import { watchForUpdates } from './shell/updates.ts';
import { cssVariables, theme } from './ui/theme.ts';
import { language, startWords } from './words.ts';
import './ui/app.css';

/** A lock that has begun to hold this session back takes the place of the page at once; the address and drafts stay. */
function heedLock(error: unknown): void {
  const causes = ['password-initial', 'password-overdue', 'email-unverified'];
  if (error instanceof Problem && error.lock && causes.includes(error.lock.cause))
    void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
}

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: heedLock }),
  mutationCache: new MutationCache({ onError: heedLock }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && isPassing(error),
      retryDelay: (count, error) =>
        (error instanceof Problem && error.retryAfter ? error.retryAfter : 2 ** count) * 1000,
    },
  },
});

const colours = localStorageColorSchemeManager({ key: 'latchkey.colours' });

async function start(): Promise<void> {
  // Words first: it settles the language in which the server is asked to tell of locks.
  const words = startWords('shell', 'ui', 'locks');
  const [session] = await Promise.allSettled([queries.fetchQuery(sessionQuery), words]);
  const error = session.status === 'rejected' ? session.reason : null;
  if (error instanceof Problem && error.status === 401) {
    await forgetKept();
    return location.replace(signInAddress());
  }
  if (session.status === 'fulfilled') {
    const asked = language();
    await settleLanguage(session.value.user.language);
    if (language() !== asked)
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => undefined);
  }
  const place = document.getElementById('app');
  if (!place) return;
  createRoot(place).render(
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
}

void start();
