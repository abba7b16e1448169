// A customer as a form holds it: texts as typed; and what of it goes to the server.
import type { Calls } from '../calls.ts';

export type Customer = Calls['GET /customers/{id}']['reply'];
export type Stage = Customer['stage'];
type NewCustomer = Calls['POST /customers']['body'];
type Patch = Calls['PATCH /customers/{id}']['body'];

export const stages: Stage[] = ['new', 'contacted', 'interested', 'negotiating', 'won', 'lost'];

/** The fields in the order they are shown; every one is a text in the form. */
export const textFields = [
  'name',
  'phone',
  'email',
  'website',
  'industry',
  'source',
  'level',
  'city',
  'address',
  'remark',
] as const;
export type TextFieldName = (typeof textFields)[number];

export type CustomerForm = Record<TextFieldName, string> & {
  stage: Stage;
  /** Separated by commas, Chinese or Latin. */
  tags: string;
  /** As an `<input type="datetime-local">` has it. */
  nextFollowUpAt: string;
  ownerId: string;
};

export const blank: CustomerForm = {
  name: '',
  phone: '',
  email: '',
  website: '',
  industry: '',
  source: '',
  level: '',
  city: '',
  address: '',
  remark: '',
  stage: 'new',
  tags: '',
  nextFollowUpAt: '',
  ownerId: '',
};

export const formFields = Object.keys(blank) as (keyof CustomerForm)[];

/** A customer as its form shows it. */
export function formOf(customer: Customer): CustomerForm {
  const texts = Object.fromEntries(textFields.map(field => [field, customer[field] ?? '']));
  return {
    ...(texts as Record<TextFieldName, string>),
    stage: customer.stage,
    tags: customer.tags.join(', '),
    nextFollowUpAt: localTime(customer.nextFollowUpAt),
    ownerId: customer.owner?.id ?? '',
  };
}

/** The tags somebody typed: split at commas of either kind, tidied, each once. */
export function tagsIn(text: string): string[] {
  const parts = text.split(/[,，、;；\n]/).map(part => part.trim());
  return [...new Set(parts.filter(Boolean))];
}

/** What a new customer is made of; an owner left empty is whoever is signed in. */
export function bodyOf(form: CustomerForm): NewCustomer {
  const body: Record<string, unknown> = { name: form.name.trim(), stage: form.stage };
  for (const field of textFields) if (form[field].trim()) body[field] = form[field].trim();
  if (tagsIn(form.tags).length > 0) body.tags = tagsIn(form.tags);
  if (form.nextFollowUpAt) body.nextFollowUpAt = moment(form.nextFollowUpAt);
  if (form.ownerId) body.ownerId = form.ownerId;
  return body as NewCustomer;
}

/** What differs between two states of a form, as the server wants it; an emptied field is null. */
export function patchOf(before: CustomerForm, after: CustomerForm): Patch {
  const patch: Record<string, unknown> = {};
  for (const field of formFields) {
    if (!differs(field, before, after)) continue;
    if (field === 'tags') patch.tags = tagsIn(after.tags);
    else if (field === 'nextFollowUpAt') patch[field] = after[field] ? moment(after[field]) : null;
    else patch[field] = after[field].trim() || null;
  }
  return patch as Patch;
}

/** Whether a field has another value, spaces around it and the order of typing aside. */
export function differs(field: keyof CustomerForm, one: CustomerForm, other: CustomerForm): boolean {
  if (field === 'tags') return tagsIn(one.tags).join('\n') !== tagsIn(other.tags).join('\n');
  return one[field].trim() !== other[field].trim();
}

/** What is wrong with a form before it is sent, by field. */
export function faultsOf(form: CustomerForm): Partial<Record<keyof CustomerForm, 'missing' | 'wrong'>> {
  const email = form.email.trim();
  return {
    ...(form.name.trim() ? {} : { name: 'missing' }),
    ...(email && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/.test(email) ? { email: 'wrong' } : {}),
    ...(form.phone.trim() && !/\d/.test(form.phone.normalize('NFKC')) ? { phone: 'wrong' } : {}),
    ...(/\s/.test(form.website.trim()) ? { website: 'wrong' } : {}),
  };
}

/** A moment as a date-and-time field shows it, in the reader's own zone. */
export function localTime(iso: string | null): string {
  if (!iso) return '';
  const at = new Date(iso);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A date-and-time field's text as a moment. */
export function moment(local: string): string {
  return new Date(local).toISOString();
}
