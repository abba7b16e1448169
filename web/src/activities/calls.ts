// Calls made from a page: who was rung, and whether one has come back from it, so that the call can be logged.
import { telOf } from '../customers/addresses.ts';
import type { About } from './form.ts';

export type Call = { about: About; name: string; contactId?: string; at: number };
type Named = { id: string; name: string };
/** A customer, or a lead that says so. */
export type Callee = Named & { isLead?: boolean };

let made: Call | null = null;
let left = false;
let ended: Call | null = null;
const listeners = new Set<() => void>();
const longest = 3 * 3_600_000;

/** The link that rings a customer, somebody there, or a lead; coming back from it, the page asks how it went. */
export function callTo(callee: Callee | null, phone: string, contact?: Named) {
  return {
    href: telOf(phone),
    onClick: () => {
      if (!callee) return;
      const about = callee.isLead ? { leadId: callee.id } : { customerId: callee.id };
      const { name } = contact ?? callee;
      made = { about, name, at: Date.now(), ...(contact ? { contactId: contact.id } : {}) };
      left = false;
    },
  };
}

/** The call one has just come back from. */
export function endedCall(): Call | null {
  return ended;
}

/** It is logged, or needs no log. */
export function settleCall(): void {
  ended = null;
  for (const listener of listeners) listener();
}

export function listenToCalls(listener: () => void): () => void {
  if (listeners.size === 0) watch('addEventListener');
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) watch('removeEventListener');
  };
}

// A phone hides the page while one talks; a desk's softphone only takes the focus.
function watch(how: 'addEventListener' | 'removeEventListener'): void {
  document[how]('visibilitychange', turned);
  window[how]('blur', away);
  window[how]('focus', back);
}

function turned(): void {
  if (document.visibilityState === 'hidden') away();
  else back();
}

function away(): void {
  left = made !== null;
}

function back(): void {
  if (!made || !left) return;
  if (Date.now() - made.at < longest) ended = made;
  made = null;
  for (const listener of listeners) listener();
}
