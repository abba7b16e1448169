// The unlock desk over HTTP.
import { z } from 'zod';
import { ById, lines, page } from '../fields.ts';
import { PersonView } from '../staff/contract.ts';
import { Story } from '../stories/contract.ts';

const When = z.iso.datetime();

export const Action = z.enum([
  'lift',
  'initial-password',
  'unlock-code',
  'send-reset',
  'reset-factors',
  'end-sessions',
  'verify-again',
  'suspend',
  'resume',
]);
const Proof = z.enum(['in-person', 'call-back', 'video', 'chat', 'manager', 'document', 'ticket']);
const Reason = lines(500).min(3);
const Because = {
  reason: Reason,
  proof: Proof,
  /** With the proof `ticket`: in which the identity was proved, and by which it is used up. */
  ticket: z.uuid().optional(),
};

const Standing = z.object({ id: z.uuid(), cause: z.string(), since: When, until: When.nullable() });

/** What those who look after locks see of a person besides. */
const Account = z.object({
  verified: z.object({ email: z.boolean() }),
  locks: z.array(Standing),
  lastSignInAt: When.nullable(),
  devices: z.int(),
  sessions: z.int(),
  factors: z.int(),
  initialPassword: z.object({ until: When, used: z.boolean() }).nullable(),
});

export const ColleagueView = PersonView.extend({ account: Account.optional() }).meta({ id: 'Colleague' });

const Secret = z.object({ kind: z.enum(['password', 'code']), value: z.string(), until: When });
const Waiting = z.object({ kind: z.literal('waiting'), request: z.uuid(), until: When });
const Issued = z.union([z.object({ kind: z.literal('done'), secret: Secret }), Waiting]);

const Named = z.object({ id: z.uuid(), name: z.string() });
export const RequestView = z
  .object({
    id: z.uuid(),
    person: Named,
    action: Action,
    reason: z.string(),
    proof: Proof,
    ticket: z.uuid().nullable(),
    askedBy: Named,
    askedAt: When,
    expiresAt: When,
    state: z.enum(['waiting', 'approved', 'done', 'refused', 'expired']),
    decidedBy: Named.nullable(),
    decidedAt: When.nullable(),
    decidedWhy: z.string().nullable(),
    /** What the reader may do about it. */
    may: z.array(z.enum(['approve', 'refuse', 'collect'])),
  })
  .meta({ id: 'DeskRequest' });

const Requests = z.object({ items: z.array(RequestView), next: z.uuid().nullable() });

export const Templates = z
  .array(z.strictObject({ action: Action, words: z.strictObject({ en: lines(300), 'zh-CN': lines(300) }) }))
  .max(60);

const FullStory = z.object({
  person: ColleagueView,
  offers: z.array(
    z.object({
      action: Action,
      approval: z.boolean(),
      why: z.string().nullable(),
      words: z.string().nullable(),
    }),
  ),
  locks: z.array(Story),
  arrivals: z.array(
    z.object({
      id: z.uuid(),
      at: When,
      origin: z.string(),
      device: z.string(),
      answer: z.enum(['me', 'not-me']).nullable(),
    }),
  ),
  devices: z.array(
    z.object({ id: z.uuid(), label: z.string(), address: z.string().nullable(), lastSeenAt: When }),
  ),
  sessions: z.array(
    z.object({
      id: z.uuid(),
      device: z.string().nullable(),
      address: z.string().nullable(),
      lastSeenAt: When,
    }),
  ),
  factors: z.array(
    z.object({ id: z.uuid(), kind: z.string(), name: z.string(), lastUsedAt: When.nullable() }),
  ),
  recoveryCodesLeft: z.int(),
  attempts: z.array(
    z.object({
      id: z.uuid(),
      at: When,
      origin: z.string(),
      device: z.string().nullable(),
      lane: z.string(),
      kind: z.string(),
    }),
  ),
  requests: z.array(RequestView),
  /** Tickets in which the person has proved who he is, each good for one action. */
  proofs: z.array(
    z.object({
      ticket: z.uuid(),
      number: z.string(),
      how: z.enum(['code', 'vouched']),
      until: When,
      vouchers: z.array(z.string()),
    }),
  ),
});

export const deskContract = {
  'GET /people': {
    summary:
      'The people of the workspace; with `account` (locks, last sign-in, devices …) for those who look after locks',
    access: ['read', 'person'],
    query: z.strictObject({
      ...page,
      q: z.string().trim().max(100).optional(),
      state: z.string().max(30).optional(),
      role: z.enum(['administrator', 'manager', 'rep', 'auditor']).optional(),
      locked: z.enum(['true', 'false']).optional(),
      sort: z.enum(['name', '-name', 'lastSignIn', '-lastSignIn', 'createdAt', '-createdAt']).optional(),
    }),
    replies: { 200: z.object({ items: z.array(ColleagueView), next: z.string().nullable() }) },
  },
  'GET /people/{id}/story': {
    summary: 'All about one account for whoever is to help: locks, devices, tries, and what makes sense now',
    access: ['read', 'lock'],
    params: ById,
    replies: { 200: FullStory },
  },
  'POST /desk/actions': {
    summary:
      'Helps one or many people, each with an outcome of its own; administrators need a second approval',
    access: ['help', 'person'],
    body: z.strictObject({
      action: Action.exclude(['initial-password', 'unlock-code']),
      people: z.array(z.uuid()).min(1).max(200),
      /** One factor of one person; all of them otherwise. */
      factor: z.uuid().optional(),
      ...Because,
    }),
    replies: {
      200: z.object({
        items: z.array(
          z.object({
            person: z.uuid(),
            kind: z.enum(['done', 'waiting', 'refused', 'not-found']),
            why: z.string().nullable(),
            words: z.string().nullable(),
            request: z.uuid().nullable(),
          }),
        ),
      }),
    },
  },
  'POST /people/{id}/initial-password': {
    summary:
      'Draws a password for somebody, shown once: good for one sign-in within a day, then it is changed',
    access: ['help', 'person'],
    mints: true,
    params: ById,
    body: z.strictObject(Because),
    replies: { 200: Issued },
  },
  'POST /people/{id}/unlock-code': {
    summary: 'Draws a code for somebody, shown once: it opens one device within ten minutes',
    access: ['help', 'person'],
    mints: true,
    params: ById,
    body: z.strictObject(Because),
    replies: { 200: Issued },
  },
  'DELETE /people/{id}/suspension': {
    summary: 'Lets a suspended person work again; an administrator only by POST /desk/actions',
    access: ['help', 'person'],
    params: ById,
    replies: { 204: null },
  },
  'POST /locks/{id}/lift': {
    summary:
      'Lifts a lock, with a reason and the way the person was identified; 202 where a second administrator has to approve',
    access: ['help', 'lock'],
    params: ById,
    body: z.object({ reason: Reason, proof: z.string().trim().min(2).max(100) }),
    replies: { 202: Waiting, 204: null },
  },
  'GET /desk/requests': {
    summary: 'Requests for a second approval, newest first; with `open=true` those still open',
    access: ['help', 'person'],
    query: z.strictObject({
      limit: page.limit,
      after: z.uuid().optional(),
      person: z.uuid().optional(),
      open: z.enum(['true', 'false']).default('false'),
    }),
    replies: { 200: Requests },
  },
  'POST /desk/requests/{id}/approval': {
    summary: 'Approves a request of another administrator; wants a confirmation of the session first',
    access: ['help', 'person'],
    unkept: true,
    params: ById,
    replies: { 200: z.object({ kind: z.enum(['done', 'approved']) }) },
  },
  'POST /desk/requests/{id}/refusal': {
    summary: 'Refuses a request, or takes one’s own back',
    access: ['help', 'person'],
    unkept: true,
    params: ById,
    body: z.strictObject({ reason: Reason }),
    replies: { 204: null },
  },
  'POST /desk/requests/{id}/collection': {
    summary: 'Tells whoever asked the password or code that was approved, once',
    access: ['help', 'person'],
    mints: true,
    params: ById,
    replies: { 200: Issued },
  },
  'GET /desk/templates': {
    summary: 'Reasons for common cases',
    access: ['help', 'person'],
    replies: { 200: z.object({ items: Templates }) },
  },
  'PUT /desk/templates': {
    summary: 'Puts the workspace’s own reasons in their place',
    access: ['configure', 'policy'],
    body: z.strictObject({ items: Templates }),
    replies: { 200: z.object({ items: Templates }) },
  },
  'GET /kit': {
    summary: 'How far one has come with one’s own kit for emergency recovery',
    access: ['help', 'person'],
    replies: {
      200: z.object({
        address: z.string(),
        name: z.string(),
        codesLeft: z.int(),
        codesMadeAt: When.nullable(),
        printedAt: When.nullable(),
        rehearsedAt: When.nullable(),
      }),
    },
  },
  'POST /kit/printed': {
    summary: 'Notes that the kit was printed',
    access: ['help', 'person'],
    unkept: true,
    replies: { 204: null },
  },
  'POST /kit/rehearsal': {
    summary: 'Tries one recovery code of the kit in earnest; it is used up',
    access: ['help', 'person'],
    unkept: true,
    body: z.strictObject({ code: z.string().min(1).max(64) }),
    replies: { 204: null },
  },
} as const;
