// A lead as a form holds it: texts as typed; and what of it goes to the server.
import type { Calls } from '../calls.ts';
import { localTime, moment, tagsIn } from '../customers/form.ts';

export type Lead = Calls['GET /leads/{id}']['reply'];
export type Status = Lead['status'];
export type Reason = NonNullable<Lead['unqualifiedReason']>;
type NewLead = Calls['POST /leads']['body'];
type Patch = Calls['PATCH /leads/{id}']['body'];

export const statuses: Status[] = ['new', 'contacted', 'qualified', 'unqualified', 'converted'];
/** Those that one may choose; converting is a step of its own. */
export const openStatuses: Exclude<Status, 'converted'>[] = ['new', 'contacted', 'qualified', 'unqualified'];
export const reasons: Reason[] = [
  'no-need',
  'no-budget',
  'no-reply',
  'wrong-person',
  'competitor',
  'not-serious',
  'other',
];

export const textFields = [
  'name',
  'company',
  'title',
  'phone',
  'email',
  'wechat',
  'source',
  'city',
  'address',
  'remark',
] as const;
export type TextFieldName = (typeof textFields)[number];

export type LeadForm = Record<TextFieldName, string> & {
  score: string;
  /** Separated by commas, Chinese or Latin. */
  tags: string;
  /** As an `<input type="datetime-local">` has it. */
  nextFollowUpAt: string;
  ownerId: string;
};

export const blank: LeadForm = {
  name: '',
  company: '',
  title: '',
  phone: '',
  email: '',
  wechat: '',
  source: '',
  city: '',
  address: '',
  remark: '',
  score: '',
  tags: '',
  nextFollowUpAt: '',
  ownerId: '',
};

export const formFields = Object.keys(blank) as (keyof LeadForm)[];

/** A lead as its form shows it. */
export function formOf(lead: Lead): LeadForm {
  const texts = Object.fromEntries(textFields.map(field => [field, lead[field] ?? '']));
  return {
    ...(texts as Record<TextFieldName, string>),
    score: lead.score === null ? '' : String(lead.score),
    tags: lead.tags.join(', '),
    nextFollowUpAt: localTime(lead.nextFollowUpAt),
    ownerId: lead.owner?.id ?? '',
  };
}

/** The score that was typed, also in full-width digits; null for none, NaN for what is none. */
export function scoreIn(text: string): number | null {
  const tidy = text.normalize('NFKC').trim();
  if (tidy === '') return null;
  const score = /^\d{1,3}$/.test(tidy) ? Number(tidy) : Number.NaN;
  return score <= 100 ? score : Number.NaN;
}

function sent(field: keyof LeadForm, form: LeadForm): unknown {
  if (field === 'tags') return tagsIn(form.tags);
  if (field === 'score') return scoreIn(form.score);
  if (field === 'nextFollowUpAt') return form.nextFollowUpAt ? moment(form.nextFollowUpAt) : null;
  return form[field].trim() || null;
}

/** What a new lead is made of; an owner left empty is whoever is signed in. */
export function bodyOf(form: LeadForm): NewLead {
  const filled = formFields.filter(field => form[field].trim() !== '');
  return Object.fromEntries(filled.map(field => [field, sent(field, form)])) as NewLead;
}

/** What differs between two states of a form, as the server wants it; an emptied field is null. */
export function patchOf(before: LeadForm, after: LeadForm): Patch {
  const different = formFields.filter(
    field => JSON.stringify(sent(field, before)) !== JSON.stringify(sent(field, after)),
  );
  return Object.fromEntries(different.map(field => [field, sent(field, after)])) as Patch;
}

/** What is wrong with a form before it is sent, by field. */
export function faultsOf(form: LeadForm): Partial<Record<keyof LeadForm, 'missing' | 'wrong'>> {
  const email = form.email.trim();
  return {
    ...(form.name.trim() ? {} : { name: 'missing' }),
    ...(email && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/.test(email) ? { email: 'wrong' } : {}),
    ...(form.phone.trim() && !/\d/.test(form.phone.normalize('NFKC')) ? { phone: 'wrong' } : {}),
    ...(Number.isNaN(scoreIn(form.score)) ? { score: 'wrong' } : {}),
  };
}
