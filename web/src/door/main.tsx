// The door's entry: picks the page by the address; only the sign-in page is loaded for signing in.
import { type ComponentType, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followColours } from '../ui/colours.ts';
import { loadWords, startWords } from '../words.ts';
import '../ui/base.css';
import './door.css';

type Load = () => Promise<ComponentType>;

const signIn: Load = async () => (await import('./SignInPage.tsx')).SignInPage;
const pages: Record<string, Load> = {
  'sign-in': signIn,
  locked: signIn,
  recover: async () => {
    const words = loadWords('recovery');
    if (location.pathname === '/recover/stop') {
      const [page] = await Promise.all([import('../recovery/StopPage.tsx'), words]);
      return page.StopPage;
    }
    const [page] = await Promise.all([import('./RecoverPage.tsx'), words]);
    return page.RecoverPage;
  },
  'was-it-you': async () => {
    const [page] = await Promise.all([import('../arrivals/WasItYouPage.tsx'), loadWords('arrivals')]);
    return page.WasItYouPage;
  },
  support: async () => {
    const [page] = await Promise.all([import('../support/SupportPage.tsx'), loadWords('support')]);
    return page.SupportPage;
  },
  check: async () => {
    const [page] = await Promise.all([import('../support/CheckPage.tsx'), loadWords('support')]);
    return page.CheckPage;
  },
  invitation: async () => {
    const [page] = await Promise.all([import('../invitations/InvitationPage.tsx'), loadWords('invitations')]);
    return page.InvitationPage;
  },
  'set-up': async () => (await import('./SetUpPage.tsx')).SetUpPage,
  outbox: async () => {
    const [page] = await Promise.all([import('../outbox/OutboxPage.tsx'), loadWords('outbox')]);
    return page.OutboxPage;
  },
};

async function start(): Promise<void> {
  followColours();
  const load = pages[location.pathname.split('/')[1] ?? ''] ?? signIn;
  const words = startWords('door', 'ui');
  const [Page] = await Promise.all([words.then(load), words]);
  const place = document.getElementById('app');
  if (!place) return;
  createRoot(place).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}

void start();
