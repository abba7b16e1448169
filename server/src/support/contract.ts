// Support and the connection check over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';

/** What a screenshot may be, and how large. */
export const pictureTakes = {
  type: ['image/png', 'image/jpeg', 'image/webp'],
  limit: 5 * 1_048_576,
} as const;

export const ticketCauses = [
  'locked',
  'password',
  'code',
  'factor',
  'permission',
  'fault',
  'network',
  'other',
] as const;
const Cause = z.enum(ticketCauses);
const State = z.enum(['open', 'waiting', 'solved', 'closed']);
const When = z.iso.datetime();
const Token = z.string().min(20).max(100);
const Text = f.lines(4_000).min(1);
const ById = z.object({ id: z.uuid() });

const Settings = z
  .strictObject({
    hours: f.line(200),
    phone: f.phone,
    email: f.email,
    note: f.lines(500),
  })
  .meta({ id: 'SupportSettings', description: 'How support can be reached without a ticket' });

const Fact = z.strictObject({
  label: f.line(60).min(1),
  value: f.line(400),
});

/** What the page found out and has shown before it sent it. */
const Facts = z.strictObject({
  device: z.array(Fact).max(20).default([]),
  error: z.array(Fact).max(12).default([]),
  check: z.array(Fact).max(30).default([]),
});

const Entry = z.object({
  id: z.uuid(),
  at: When,
  side: z.enum(['author', 'support', 'system']),
  kind: z.string(),
  by: z.string().nullable(),
  text: z.string(),
});
const Picture = z.object({ id: z.uuid(), at: When, type: z.string(), size: z.int() });

const ticket = {
  number: z.string(),
  state: State,
  cause: Cause,
  openedAt: When,
  changedAt: When,
  facts: Facts,
};

/** A ticket as its author sees it: whether the account exists is not told, nor who answers. */
const Own = z
  .object({
    ...ticket,
    account: z.string(),
    contact: z.string(),
    entries: z.array(Entry),
    pictures: z.array(Picture),
    proven: z.object({ how: z.enum(['code', 'vouched']), at: When }).nullable(),
    vouching: z.object({ askedAt: When, vouches: z.int() }).nullable(),
  })
  .meta({ id: 'OwnTicket' });

const listed = {
  id: z.uuid(),
  ...ticket,
  account: z.string(),
  person: f.Person.nullable().describe('Whose name was typed; a claim until it is proven'),
  signedIn: z.boolean().describe('Whether that person was signed in when it was opened'),
  name: z.string(),
  contact: z.string(),
  proven: z
    .object({
      how: z.enum(['code', 'vouched']),
      at: When,
      until: When,
      holds: z.boolean(),
      used: z.boolean(),
    })
    .nullable(),
};
const Listed = z.object(listed).meta({ id: 'Ticket' });
const InFull = z
  .object({
    ...listed,
    address: z.string().nullable(),
    device: z.string(),
    language: z.string(),
    entries: z.array(Entry),
    pictures: z.array(Picture),
    vouches: z.array(
      z.object({ name: z.string(), as: z.enum(['superior', 'peer']), how: z.string(), at: When }),
    ),
    vouchingAskedAt: When.nullable(),
    checks: z.record(z.string(), z.boolean()).nullable(),
  })
  .meta({ id: 'TicketInFull' });

export const supportContract = {
  'GET /ping': {
    summary: 'A small reply for measuring the connection: the server’s time, and what it sees of the caller',
    access: 'public',
    whileHeld: true,
    replies: {
      200: z.object({
        at: z.number().describe('Milliseconds since 1970'),
        address: z.string().describe('The address that the server sees'),
        passedOn: z.boolean().describe('Whether a proxy says that it passed the request on'),
        proxyTrusted: z
          .boolean()
          .describe('Whether the settings name a proxy whose word is taken for the address'),
        secure: z.boolean().describe('Whether the public address is https'),
        cookies: z.boolean().describe('Whether the request carried a cookie'),
        version: z.string(),
      }),
    },
  },
  'GET /support': {
    summary: 'How support can be reached',
    access: 'public',
    whileHeld: true,
    replies: { 200: Settings },
  },
  'GET /support/settings': {
    summary: 'How support can be reached, for changing it',
    access: ['read', 'policy'],
    replies: { 200: Settings },
  },
  'PUT /support/settings': {
    summary: 'Says how support can be reached',
    access: ['configure', 'policy'],
    body: Settings,
    replies: { 200: Settings },
  },
  'POST /support/tickets': {
    summary: 'Opens a ticket, signed in or not; the same answer whether or not the account exists',
    access: 'public',
    unkept: true,
    body: z.strictObject({
      cause: Cause,
      text: Text,
      account: f.line(320).default(''),
      name: f.line(100).default(''),
      contact: f.email.default(''),
      facts: Facts.default({ device: [], error: [], check: [] }),
    }),
    replies: { 201: z.object({ number: z.string(), token: z.string(), link: z.url() }) },
  },
  'POST /support/ticket': {
    summary: 'The ticket of a secret link; changes nothing',
    access: 'public',
    unkept: true,
    body: z.strictObject({ token: Token }),
    replies: { 200: Own },
  },
  'POST /support/ticket/words': {
    summary: 'Writes into one’s ticket',
    access: 'public',
    unkept: true,
    body: z.strictObject({ token: Token, text: Text }),
    replies: { 204: null },
  },
  'POST /support/ticket/state': {
    summary: 'Closes one’s ticket, with what was tried, or says that it is not solved',
    access: 'public',
    unkept: true,
    body: z.strictObject({
      token: Token,
      state: z.enum(['open', 'closed']),
      checks: z.strictObject({ signedIn: z.boolean(), records: z.boolean(), works: z.boolean() }).optional(),
    }),
    replies: { 204: null },
  },
  'POST /support/ticket/pictures': {
    summary: 'Attaches a screenshot: PNG, JPEG or WebP; the token in the header `Ticket-Token`',
    access: 'public',
    raw: pictureTakes,
    replies: { 201: Picture },
  },
  'POST /support/ticket/pictures/{id}': {
    summary: 'A screenshot of one’s ticket, to be saved',
    access: 'public',
    unkept: true,
    params: ById,
    body: z.strictObject({ token: Token }),
    replies: { 200: 'image/*' },
  },
  'POST /support/ticket/messages': {
    summary: 'Sends a code to the address of the account; the same answer for every account',
    access: 'public',
    unkept: true,
    body: z.strictObject({ token: Token }),
    replies: { 202: z.object({ kind: z.literal('sent') }) },
  },
  'POST /support/ticket/proofs': {
    summary: 'Proves by that code that the account is one’s own; it opens nothing by itself',
    access: 'public',
    unkept: true,
    body: z.strictObject({ token: Token, code: z.string().min(1).max(64) }),
    replies: { 204: null },
  },
  'POST /support/ticket/vouching': {
    summary: 'Asks colleagues to vouch; the same answer for every account',
    access: 'public',
    unkept: true,
    body: z.strictObject({ token: Token }),
    replies: { 202: z.object({ kind: z.literal('asked') }) },
  },
  'GET /vouching': {
    summary: 'Tickets whose authors one may vouch for',
    access: 'person',
    replies: {
      200: z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            number: z.string(),
            person: f.Person,
            askedAt: When,
            as: z.enum(['superior', 'peer']),
            done: z.boolean(),
          }),
        ),
        confirmed: z.boolean().describe('Whether one has shown oneself within the last ten minutes'),
      }),
    },
  },
  'POST /vouching/{id}': {
    summary: 'Vouches for a colleague whom one has recognised; wants a confirmation of the session first',
    access: 'person',
    unkept: true,
    params: ById,
    body: z.strictObject({ how: f.line(200).min(2) }),
    replies: { 200: z.object({ kind: z.enum(['vouched', 'proven']) }) },
  },
  'GET /tickets': {
    summary: 'Tickets, newest first',
    access: ['read', 'ticket'],
    query: z.strictObject({ limit: f.page.limit, after: z.uuid().optional(), state: State.optional() }),
    replies: { 200: z.object({ items: z.array(Listed), next: z.uuid().nullable() }) },
  },
  'GET /tickets/{id}': {
    summary: 'A ticket with all that was said in it',
    access: ['read', 'ticket'],
    params: ById,
    replies: { 200: InFull },
  },
  'POST /tickets/{id}/words': {
    summary: 'Answers in a ticket; its author hears of it by mail',
    access: ['update', 'ticket'],
    params: ById,
    body: z.strictObject({ text: Text, state: z.enum(['open', 'waiting', 'solved']).default('waiting') }),
    replies: { 200: InFull },
  },
  'PATCH /tickets/{id}': {
    summary: 'Brings a ticket into another state',
    access: ['update', 'ticket'],
    params: ById,
    body: z.strictObject({ state: State }),
    replies: { 200: InFull },
  },
  'GET /tickets/{id}/pictures/{picture}': {
    summary: 'A screenshot, to be saved',
    access: ['read', 'ticket'],
    params: z.object({ id: z.uuid(), picture: z.uuid() }),
    replies: { 200: 'image/*' },
  },
} as const;
