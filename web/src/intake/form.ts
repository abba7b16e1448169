// An entry as the accepting form holds it: texts, filled in from what was recognised; and what goes to the server.
import type { Calls } from '../calls.ts';

export type Entry = Calls['GET /intake']['reply']['items'][number];
export type EntryInFull = Calls['GET /intake/{id}']['reply'];
export type IntakeKey = Calls['GET /intake-keys']['reply']['items'][number];
type Accepting = Calls['POST /intake/{id}/accept']['body'];

export const customerTexts = ['name', 'phone', 'email', 'website', 'industry', 'city', 'address'] as const;
export const contactTexts = ['contactName', 'contactTitle', 'contactPhone', 'contactWechat'] as const;
export type TextName = (typeof customerTexts)[number] | (typeof contactTexts)[number] | 'message';
export type AcceptForm = Record<TextName, string> & {
  /** `lead` for a lead; else a customer. */
  filesAs: string;
  /** An id; empty for nobody. */
  ownerId: string;
};

/** The form as it opens: a company with its person as contact, or the person alone as the customer. */
export function formOf(entry: EntryInFull, me: string, mayOwn: (id: string) => boolean): AcceptForm {
  const found = entry.found;
  const company = found?.company ?? null;
  const beside = company !== null && Boolean(found?.person);
  return {
    name: company ?? found?.person ?? '',
    phone: (company ? found?.phone : found?.mobile) ?? found?.mobile ?? found?.phone ?? '',
    email: found?.email ?? '',
    website: found?.website ?? '',
    industry: found?.industry ?? '',
    city: found?.city ?? '',
    address: found?.address ?? '',
    contactName: beside ? (found?.person ?? '') : '',
    contactTitle: beside ? (found?.title ?? '') : '',
    contactPhone: beside ? (found?.mobile ?? found?.phone ?? '') : '',
    contactWechat: beside ? (found?.wechat ?? '') : '',
    message: found?.message ?? '',
    filesAs: entry.filesAs,
    ownerId: entry.owner && mayOwn(entry.owner.id) ? entry.owner.id : me,
  };
}

/** What the server is to make of the form; fields left empty stay away. */
export function bodyOf(form: AcceptForm): Accepting {
  const text = (name: TextName) => form[name].trim();
  const filled = (names: readonly TextName[]) =>
    Object.fromEntries(names.flatMap(name => (text(name) ? [[name, text(name)]] : [])));
  return {
    ...(form.filesAs === 'lead' ? { filesAs: 'lead' } : {}),
    customer: { ...filled(customerTexts), name: text('name'), ownerId: form.ownerId || null },
    ...(text('contactName')
      ? {
          contact: {
            name: text('contactName'),
            title: text('contactTitle') || null,
            phone: text('contactPhone') || null,
            email: text('email') || null,
            wechat: text('contactWechat') || null,
          },
        }
      : {}),
    ...(text('message') ? { message: text('message') } : {}),
  };
}

/** What is wrong before anything is sent. */
export function faultsOf(form: AcceptForm): Partial<Record<TextName, 'missing' | 'email' | 'phone'>> {
  const email = form.email.trim();
  const wrongPhone = (text: string) => text.trim() !== '' && !/\d/.test(text.normalize('NFKC'));
  return {
    ...(form.name.trim() ? {} : { name: 'missing' }),
    ...(email && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/.test(email) ? { email: 'email' } : {}),
    ...(wrongPhone(form.phone) ? { phone: 'phone' } : {}),
    ...(wrongPhone(form.contactPhone) ? { contactPhone: 'phone' } : {}),
  };
}

/** What an entry is called on the list: whoever it is from, else how to reach him, else what was said. */
export function nameOf(entry: Entry): string | null {
  const { found } = entry;
  if (!found) return null;
  return (
    found.company ??
    found.person ??
    found.mobile ??
    found.phone ??
    found.email ??
    found.message?.split('\n')[0] ??
    null
  );
}
