// Intake over HTTP: the open address that takes customer information in, and what people do with it.
import { z } from 'zod';
import * as f from '../fields.ts';

/** What may be sent to the open address, and how much of it. */
export const takes = {
  type: [
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/vcard',
    'text/x-vcard',
  ],
  limit: 262_144,
} as const;

/** What comes of what is sent under a key. */
export const FilesAs = z.enum(['customer', 'lead']);

export const State = z.enum(['received', 'accepted', 'duplicate', 'rejected']);

/** Why an entry waits for a person. */
export const Waiting = z.enum(['unreadable', 'no-name', 'no-owner', 'several', 'fault']);

const Found = z
  .object({
    company: z.string().nullable(),
    person: z.string().nullable(),
    title: z.string().nullable(),
    phone: z.string().nullable(),
    mobile: z.string().nullable(),
    email: z.string().nullable(),
    wechat: z.string().nullable(),
    website: z.string().nullable(),
    industry: z.string().nullable(),
    city: z.string().nullable(),
    address: z.string().nullable(),
    message: z.string().nullable(),
  })
  .meta({ id: 'IntakeFound', description: 'What was recognised in the fields' });

const entry = {
  id: z.uuid(),
  at: z.iso.datetime(),
  key: f.Person,
  state: State,
  waiting: Waiting.nullable(),
  found: Found.nullable().describe('Null until the entry has been read'),
  customer: f.Person.nullable(),
  lead: f.Person.nullable(),
  handledBy: f.Person.nullable(),
  handledAt: z.iso.datetime().nullable(),
  reason: z.string().nullable(),
};

const EntryView = z.object(entry).meta({ id: 'IntakeEntry' });

const EntryInFull = z
  .object({
    ...entry,
    contentType: z.string(),
    address: z.string().nullable().describe('The IP address it was sent from'),
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
    text: z.string().describe('The body as it came, at most 20,000 characters'),
    owner: f.Person.nullable().describe('Whose customers come in under this key'),
    filesAs: FilesAs.describe('What comes of what is sent under this key'),
  })
  .meta({ id: 'IntakeEntryInFull' });

const KeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    source: z.string(),
    filesAs: FilesAs,
    owner: f.Person.nullable(),
    team: f.Person.nullable(),
    origins: z.array(z.string()),
    active: z.boolean(),
    received: z.int(),
    turnedAway: z.int(),
    lastUsedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    createdBy: f.Person.nullable(),
  })
  .meta({ id: 'IntakeKey' });

/** An origin as browsers send it: scheme, host, port. */
const origin = f
  .line(300)
  .overwrite(text => text.toLowerCase().replace(/\/+$/, ''))
  .regex(
    /^https?:\/\/(?:[\p{L}\p{N}.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/u,
    'is no origin such as https://www.example.com',
  );

const keyFields = {
  name: f.line(100).min(1),
  source: f.line(100).optional().describe('The source of the customers; left out: the name'),
  filesAs: FilesAs.optional().describe(
    'What comes of what is sent: customers, where nothing is said, or leads',
  ),
  ownerId: z.uuid().nullish().describe('Whose the customers are'),
  teamId: z
    .uuid()
    .nullish()
    .describe('Without an owner: the team they wait with. With neither, every entry waits for a person.'),
  origins: z
    .array(origin)
    .max(20)
    .optional()
    .describe('Sites whose pages may send from a browser, such as https://www.example.com'),
};

const contact = z.strictObject({
  name: f.line(200).min(1),
  title: f.line(100).nullish(),
  phone: f.phone.nullish(),
  email: f.email.nullish(),
  wechat: f.line(100).nullish(),
});

const customer = z.strictObject({
  name: f.line(200).min(1),
  phone: f.phone.nullish(),
  email: f.email.nullish(),
  website: f.website.nullish(),
  industry: f.line(100).nullish(),
  city: f.line(100).nullish(),
  address: f.lines(500).nullish(),
  source: f.line(100).nullish(),
  ownerId: z
    .uuid()
    .nullish()
    .describe('Left out: whoever is signed in. Null: nobody, where one may do that.'),
});

const Key = z.object({ key: z.string() });

export const intakeContract = {
  'POST /intake/{key}': {
    summary: 'Takes customer information in; the same body again within 24 hours answers the same receipt',
    access: 'public',
    foreign: true,
    params: Key,
    raw: takes,
    replies: { 202: z.object({ receipt: z.uuid() }) },
  },
  'OPTIONS /intake/{key}': {
    summary: 'Tells a browser whether a page of that site may send',
    access: 'public',
    foreign: true,
    params: Key,
    replies: { 204: null },
  },
  'GET /intake': {
    summary: 'What came in within one’s reach, newest first',
    access: ['read', 'intake'],
    query: z.strictObject({ state: State.optional(), key: z.uuid().optional(), ...f.page }),
    replies: { 200: z.object({ items: z.array(EntryView), next: z.string().nullable() }) },
  },
  'GET /intake/{id}': {
    summary: 'One entry with everything that was sent',
    access: ['read', 'intake'],
    params: f.ById,
    replies: { 200: EntryInFull },
  },
  'POST /intake/{id}/accept': {
    summary: 'Makes a customer of an entry, with a contact and a note where given; or a lead of the contact',
    access: ['update', 'intake'],
    params: f.ById,
    body: z.strictObject({
      filesAs: FilesAs.optional().describe('Left out: a customer'),
      customer,
      contact: contact.nullish(),
      message: f.lines(10_000).nullish(),
    }),
    replies: { 200: EntryView },
  },
  'POST /intake/{id}/reject': {
    summary: 'Puts an entry aside with a reason; it is kept',
    access: ['update', 'intake'],
    params: f.ById,
    body: z.strictObject({ reason: f.line(300).min(1) }),
    replies: { 200: EntryView },
  },
  'GET /intake-keys': {
    summary: 'The intake keys within one’s reach',
    access: ['read', 'intake'],
    replies: { 200: z.object({ items: z.array(KeyView), next: z.null() }) },
  },
  'POST /intake-keys': {
    summary: 'Makes an intake key; its secret part is shown this once',
    access: ['configure', 'intake'],
    unkept: true,
    body: z.strictObject(keyFields),
    replies: {
      201: KeyView.extend({ key: z.string(), url: z.string().describe('Where to send') }).meta({
        id: 'NewIntakeKey',
      }),
    },
  },
  'PATCH /intake-keys/{id}': {
    summary: 'Changes an intake key or switches it on and off',
    access: ['configure', 'intake'],
    params: f.ById,
    body: z.strictObject({ ...keyFields, name: keyFields.name.optional(), active: z.boolean().optional() }),
    replies: { 200: KeyView },
  },
  'DELETE /intake-keys/{id}': {
    summary: 'Takes an intake key away for good; what came in under it stays',
    access: ['configure', 'intake'],
    params: f.ById,
    replies: { 204: null },
  },
} as const;
