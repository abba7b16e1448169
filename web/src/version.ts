// Which version these pages are of, and whether the server has moved on meanwhile (A19).
declare const __LATCHKEY_VERSION__: string | undefined;

export const pageVersion = typeof __LATCHKEY_VERSION__ === 'string' ? __LATCHKEY_VERSION__ : '';

let server: string | null = null;
const listeners = new Set<() => void>();

/** Called with what every reply says of its server. */
export function noteServerVersion(version: string | null): void {
  if (!version || version === server) return;
  server = version;
  for (const listener of listeners) listener();
}

/** True once the server is known to be of another version than these pages. */
export function isOutdated(): boolean {
  return server !== null && pageVersion !== '' && server !== pageVersion;
}

export function onServerVersion(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Loads everything anew: the copies that the browser kept go, and so does the worker that hands them out. Drafts and
 * choices stand elsewhere and stay.
 */
export async function loadAnew(): Promise<void> {
  if ('caches' in globalThis) for (const name of await caches.keys()) await caches.delete(name);
  const workers = (await navigator.serviceWorker?.getRegistrations?.()) ?? [];
  for (const worker of workers) await worker.unregister();
  location.reload();
}
