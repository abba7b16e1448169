// A follow-up as its form holds it, and what of it goes to the server.
import type { Calls } from '../calls.ts';
import { localTime, moment } from '../customers/form.ts';

export type Activity = Calls['GET /activities/{id}']['reply'];
export type Kind = Activity['kind'];
type NewActivity = Calls['POST /activities']['body'];
type Patch = Calls['PATCH /activities/{id}']['body'];

export const kinds: Kind[] = ['call', 'visit', 'meeting', 'message', 'email', 'note'];

export type ActivityForm = {
  kind: Kind;
  body: string;
  nextStep: string;
  /** As an `<input type="datetime-local">` has it. */
  nextAt: string;
};

export const activityFields = ['kind', 'body', 'nextStep', 'nextAt'] as const;

export const blankActivity: ActivityForm = { kind: 'call', body: '', nextStep: '', nextAt: '' };

export function activityFormOf(activity: Activity): ActivityForm {
  const { kind, body, nextStep, nextAt } = activity;
  return { kind, body, nextStep: nextStep ?? '', nextAt: localTime(nextAt) };
}

/** With whom a follow-up is. */
export type About = { customerId: string } | { leadId: string };

/** The id of whom a follow-up is with. */
export const idOf = (about: About) => ('leadId' in about ? about.leadId : about.customerId);

/** A new follow-up. Without a next date a follow-up that was due counts as done, by the server's rule. */
export function activityBodyOf(form: ActivityForm, about: About): NewActivity {
  return {
    ...about,
    kind: form.kind,
    body: form.body.trim(),
    ...(form.nextStep.trim() ? { nextStep: form.nextStep.trim() } : {}),
    ...(form.nextAt ? { nextAt: moment(form.nextAt) } : {}),
  };
}

/** What differs from the follow-up as it was. */
export function activityPatchOf(before: ActivityForm, after: ActivityForm): Patch {
  return {
    ...(before.kind === after.kind ? {} : { kind: after.kind }),
    ...(before.body.trim() === after.body.trim() ? {} : { body: after.body.trim() }),
    ...(before.nextStep.trim() === after.nextStep.trim() ? {} : { nextStep: after.nextStep.trim() || null }),
    ...(before.nextAt === after.nextAt ? {} : { nextAt: after.nextAt ? moment(after.nextAt) : null }),
  };
}

/** Days from today that are offered at one tap for the next follow-up. */
export const offeredDays = [1, 3, 7, 30];

/** The morning, at nine, of the day that is `days` away, as a field's text. */
export function morningIn(days: number, now: number = Date.now()): string {
  const at = new Date(now);
  return localTime(new Date(at.getFullYear(), at.getMonth(), at.getDate() + days, 9).toISOString());
}
