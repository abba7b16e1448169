// What the page asks after a follow-up that says nothing of the next one.
import { askNext } from '../tasks/next-step.ts';
import type { Activity } from './form.ts';

/** Asks what comes next with the customer or lead, unless the follow-up has said so. */
export function askAfter({ customer, lead, nextAt }: Activity): void {
  if (nextAt !== null) return;
  if (customer) askNext({ type: 'customer', ...customer });
  else if (lead) askNext({ type: 'lead', ...lead });
}
