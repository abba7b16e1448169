// What is recognised in the fields that were sent, and what becomes of it. Pure.
import { email, line, lines, phone, website } from '../fields.ts';
import { meaningOf } from './field-names.ts';
import type { Field, Reading } from './reading.ts';

export type Found = {
  company: string | null;
  person: string | null;
  title: string | null;
  phone: string | null;
  mobile: string | null;
  email: string | null;
  wechat: string | null;
  website: string | null;
  industry: string | null;
  city: string | null;
  address: string | null;
  message: string | null;
};

/** What is kept of a reading: the fields, what they mean, and those that have no place of their own. */
export type Parsed = { fields: Field[]; found: Found; rest: Field[] };

export type Waiting = 'unreadable' | 'no-name' | 'no-owner' | 'several' | 'fault';

const oneLine = (text: string) => text.replace(/\s+/gu, ' ').trim();
const shapes = {
  company: line(200),
  person: line(200),
  title: line(100),
  phone,
  mobile: phone,
  email,
  wechat: line(100),
  website,
  industry: line(100),
  city: line(100),
  address: lines(500),
} as const;
type Shaped = keyof typeof shapes;

const nothing: Found = {
  company: null,
  person: null,
  title: null,
  phone: null,
  mobile: null,
  email: null,
  wechat: null,
  website: null,
  industry: null,
  city: null,
  address: null,
  message: null,
};

/** Recognises what it can. A value that does not fit its field, or a second one for it, stays among the rest. */
export function recognise(fields: Field[]): Parsed {
  const found = { ...nothing };
  const rest: Field[] = [];
  const names: { name: string | null; given: string | null; family: string | null } = {
    name: null,
    given: null,
    family: null,
  };
  const messages: string[] = [];
  for (const field of fields) {
    const meaning = meaningOf(field.name);
    if (meaning === 'technical') continue;
    if (meaning === 'message') messages.push(field.value);
    else if (meaning === 'name' || meaning === 'given' || meaning === 'family') {
      const value = fitting('person', field.value);
      if (value && names[meaning] === null) names[meaning] = value;
      else rest.push(field);
    } else {
      const value = meaning && found[meaning] === null ? fitting(meaning, field.value) : null;
      if (meaning && value) found[meaning] = value;
      else rest.push(field);
    }
  }
  const whole = together(names.family, names.given);
  if (found.person === null && whole) found.person = whole;
  else if (whole && whole !== found.person) rest.push({ name: 'name', value: whole });
  if (names.name !== null) {
    if (found.person === null) found.person = names.name;
    else if (found.company === null && names.name !== found.person) found.company = names.name;
    else if (names.name !== found.person) rest.push({ name: 'name', value: names.name });
  }
  if (messages.length > 0) found.message = messages.join('\n').slice(0, longestNote).toWellFormed();
  return { fields, found, rest };
}

function fitting(field: Shaped, value: string): string | null {
  const text = field === 'address' ? value : oneLine(value);
  const parsed = shapes[field].safeParse(text);
  return parsed.success && parsed.data !== '' ? parsed.data : null;
}

const han = /^[\p{Script=Han}·]+$/u;

function together(family: string | null, given: string | null): string | null {
  if (!family || !given) return family ?? given;
  return han.test(family + given) ? family + given : `${given} ${family}`;
}

/** Whether an entry can become a customer by itself; else why it waits for a person. */
export function verdict(
  reading: Reading['kind'],
  found: Found,
  key: { owner_id: string | null; team_id: string | null },
): 'ready' | Waiting {
  if (reading !== 'fields') return reading;
  if (!found.company && !found.person) return 'no-name';
  return key.owner_id || key.team_id ? 'ready' : 'no-owner';
}

/** The customer and the contact that what was found describes; the contact only beside a company. */
export function recordsOf(found: Found, source: string) {
  const { company, person, email, website, industry, city, address } = found;
  const customer = {
    name: company ?? person ?? '',
    phone: (company ? found.phone : found.mobile) ?? found.mobile ?? found.phone,
    email,
    website,
    industry,
    city,
    address,
    source,
  };
  const contact =
    company && person
      ? { name: person, title: found.title, phone: found.mobile ?? found.phone, email, wechat: found.wechat }
      : null;
  return { customer, contact };
}

/** The lead that what was found describes: the person, or the company where nobody is named. */
export function leadOf(found: Found, source: string) {
  const { company, person, title, email, wechat, city, address } = found;
  const phone = found.mobile ?? found.phone;
  return { name: person ?? company ?? '', company, title, phone, email, wechat, city, address, source };
}

const longestNote = 9_000;

/** The note that goes with a new customer: the message, and whatever found no place of its own; null for nothing. */
export function noteOf({ found, rest }: Parsed): string | null {
  const alone = found.company === null || found.person === null;
  const besides: Field[] = [...rest];
  if (alone && found.wechat) besides.push({ name: '微信 WeChat', value: found.wechat });
  if (alone && found.title) besides.push({ name: '职务 Title', value: found.title });
  if (alone && found.mobile && found.phone && digits(found.mobile) !== digits(found.phone))
    besides.push({ name: '电话 Phone', value: found.phone });
  return written(found.message, besides);
}

/** The note that goes with a new lead, which keeps a title and a WeChat name itself; null for nothing. */
export function noteForLead({ found, rest }: Parsed): string | null {
  const besides: Field[] = [...rest];
  if (found.mobile && found.phone && digits(found.mobile) !== digits(found.phone))
    besides.push({ name: '电话 Phone', value: found.phone });
  if (found.website) besides.push({ name: '网站 Website', value: found.website });
  if (found.industry) besides.push({ name: '行业 Industry', value: found.industry });
  return written(found.message, besides);
}

/** The note for a customer who is there already: where it came in, the message, and all that was sent. */
export function noteInFull({ fields, found }: Parsed, keyName: string): string {
  const other = fields.filter(({ name }) => !/^(?:message|technical)$/.test(meaningOf(name) ?? ''));
  return `[${keyName}]\n${written(found.message, other) ?? ''}`.trimEnd();
}

function written(message: string | null, fields: Field[]): string | null {
  const said = fields.map(({ name, value }) => (name === '' ? value : `${name}: ${value}`)).join('\n');
  const text = [message, said].filter(Boolean).join('\n\n');
  return text === ''
    ? null
    : text.length > longestNote
      ? `${text.slice(0, longestNote).toWellFormed()}…`
      : text;
}

export const digits = (text: string | null) => (text ?? '').replace(/\D+/g, '');
