// A contact as a form holds it, and what of it goes to the server.
import type { Calls } from '../calls.ts';

export type Contact = Calls['GET /contacts/{id}']['reply'];
type NewContact = Calls['POST /contacts']['body'];
type Patch = Calls['PATCH /contacts/{id}']['body'];

export const contactFields = ['name', 'title', 'phone', 'email', 'wechat', 'remark', 'isPrimary'] as const;
export type ContactField = (typeof contactFields)[number];

/** `isPrimary` is `yes` or empty, so that a form is texts only. */
export type ContactForm = Record<ContactField, string>;

export const blankContact: ContactForm = {
  name: '',
  title: '',
  phone: '',
  email: '',
  wechat: '',
  remark: '',
  isPrimary: '',
};

export function contactFormOf(contact: Contact): ContactForm {
  const { name, title, phone, email, wechat, remark, isPrimary } = contact;
  return {
    name,
    title: title ?? '',
    phone: phone ?? '',
    email: email ?? '',
    wechat: wechat ?? '',
    remark: remark ?? '',
    isPrimary: isPrimary ? 'yes' : '',
  };
}

/** What differs between two states of the form; an emptied field is null. */
export function contactPatchOf(before: ContactForm, after: ContactForm): Patch {
  const patch: Record<string, unknown> = {};
  for (const field of contactFields) {
    if (before[field].trim() === after[field].trim()) continue;
    patch[field] = field === 'isPrimary' ? after.isPrimary === 'yes' : after[field].trim() || null;
  }
  return patch as Patch;
}

/** What a new contact of a customer is made of. */
export function contactBodyOf(form: ContactForm, customerId: string | null): NewContact {
  const filled = contactPatchOf(blankContact, form);
  return { ...filled, name: form.name.trim(), ...(customerId ? { customerId } : {}) };
}
