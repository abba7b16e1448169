// The service worker for the shell: registered late, and a new version is offered rather than forced (A19).
import { isOutdated, loadAnew, onServerVersion } from '../version.ts';

let ready: ServiceWorker | null = null;
const listeners = new Set<() => void>();

/** Registers the worker and listens for new versions; also for pages whose files a newer server no longer has. */
export function watchForUpdates(): void {
  addEventListener('vite:preloadError', event => {
    // Without a network it says nothing about versions.
    if (!navigator.onLine) return;
    event.preventDefault();
    offer(null);
  });
  onServerVersion(() => {
    if (!isOutdated()) return;
    void navigator.serviceWorker?.getRegistration().then(
      found => found?.update(),
      () => undefined,
    );
    if (state === 'none') offer(null);
  });
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  let replaced = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (replaced) location.reload();
    replaced = true;
  });
  void navigator.serviceWorker
    .register('/sw.js')
    .then(registration => {
      if (registration.waiting) offer(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const worker = registration.installing;
        worker?.addEventListener('statechange', () => {
          if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(worker);
        });
      });
      setInterval(() => void registration.update().catch(() => undefined), 3_600_000);
    })
    .catch(() => undefined);
}

export type UpdateState = 'none' | 'offered';
let state: UpdateState = 'none';

export function updateState(): UpdateState {
  return state;
}

export function listenForUpdate(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Takes the new version: the page loads again, drafts stay. */
export function takeUpdate(): void {
  if (ready) ready.postMessage({ type: 'SKIP_WAITING' });
  else if (isOutdated()) void loadAnew();
  else location.reload();
}

function offer(worker: ServiceWorker | null): void {
  ready = worker;
  state = 'offered';
  for (const listener of listeners) listener();
}
