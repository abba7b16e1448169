// Accounts over HTTP: status, invitations, verifying, permissions asked for and given.
import { z } from 'zod';
import { User } from '../sign-in/contract.ts';
import { PersonView } from '../staff/contract.ts';
import { StaleClient, Story, Told } from '../stories/contract.ts';

const ById = z.object({ id: z.uuid() });
const Moment = z.iso.datetime();
const Reason = z.string().trim().min(3).max(500);
const Reach = z.enum(['own', 'team', 'all']);
const Role = z.enum(['administrator', 'manager', 'rep', 'auditor']);
const Language = z.enum(['zh-CN', 'en']);
const Token = z.object({ token: z.string().min(20).max(100) });

const GrantView = z.object({
  id: z.uuid(),
  action: z.string(),
  object: z.string(),
  reach: Reach,
  until: Moment.nullable(),
  grantedAt: Moment,
});

const RequestView = z
  .object({
    id: z.uuid(),
    person: z.object({ id: z.uuid(), name: z.string() }),
    kind: z.enum(['permission', 'extension']),
    action: z.string(),
    object: z.string(),
    reason: z.string(),
    askedAt: Moment,
    state: z.enum(['open', 'granted', 'refused']),
    decidedBy: z.string().nullable(),
    decidedAt: Moment.nullable(),
    decidedWhy: z.string().nullable(),
    until: Moment.nullable(),
  })
  .meta({ id: 'AccessRequest' });

const Requests = z.object({ items: z.array(RequestView), next: z.uuid().nullable() });
const RequestPage = z.object({
  state: z.enum(['open', 'granted', 'refused']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.uuid().optional(),
});

const NoticeView = z.object({
  id: z.uuid(),
  kind: z.enum(['access-changed', 'granted', 'grant-ended', 'refused', 'extended']),
  at: Moment,
  by: z.string().nullable(),
  text: z.string(),
  reason: z.string(),
  gained: z.array(z.string()),
  lost: z.array(z.string()),
  /** What was taken, as a lock on it with its ways out; null where nothing was. */
  lock: Told.nullable(),
});

export const accountsContract = {
  'GET /status': {
    summary: 'The status of one’s own account, and what could be better about it',
    access: 'person',
    replies: {
      200: z.object({
        user: User,
        state: z.string(),
        verified: z.object({ email: z.boolean() }),
        /** When an address that is not verified has to be. */
        verifyBy: Moment.nullable(),
        /** The account works no longer from then on. */
        endsAt: Moment.nullable(),
        passwordSetAt: Moment.nullable(),
        passwordDueAt: Moment.nullable(),
        grants: z.array(GrantView),
        factors: z.int(),
        recoveryCodesLeft: z.int().nullable(),
        devices: z.int(),
        sessions: z.int(),
        improve: z.array(
          z.enum([
            'verify-email',
            'add-factor',
            'recovery-codes',
            'old-password',
            'password-due',
            'many-devices',
            'many-sessions',
            'account-ends',
          ]),
        ),
        /** `kind` is an action of the journal, `locked` or `unlocked`; newest first. */
        timeline: z.array(
          z.object({
            at: Moment,
            kind: z.string(),
            address: z.string().nullable(),
            device: z.string().nullable(),
            cause: z.string().nullable(),
          }),
        ),
        locks: z.array(Story),
        staleClients: z.array(StaleClient),
        recentSignIns: z.array(
          z.object({
            at: Moment,
            outcome: z.string(),
            address: z.string().nullable(),
            device: z.string().nullable(),
          }),
        ),
      }),
    },
  },
  'POST /invitations': {
    summary: 'Adds a person without a password and mails a link by which one is set',
    access: ['create', 'person'],
    fresh: { member: 'role', is: 'administrator' },
    body: z.object({
      name: z.string().trim().min(1).max(100),
      email: z.email().max(320),
      role: Role,
      language: Language.default('zh-CN'),
      teamId: z.uuid().nullish(),
      endsAt: Moment.nullish(),
    }),
    replies: { 201: PersonView },
  },
  'POST /people/{id}/invitation': {
    summary: 'Mails a new invitation; the one before is dead',
    access: ['create', 'person'],
    params: ById,
    replies: { 204: null },
  },
  'POST /invitations/{id}/view': {
    summary: 'What an invitation says, to the holder of its link; changes nothing',
    access: 'public',
    params: ById,
    body: Token,
    replies: {
      200: z.object({
        state: z.enum(['open', 'over', 'used', 'dead']),
        name: z.string(),
        email: z.string(),
        language: Language,
        workspace: z.string(),
        invitedBy: z.string(),
        sentAt: Moment,
        expiresAt: Moment,
        /** Why the account cannot be signed in to; null once it can. */
        lock: Told.nullable(),
      }),
    },
  },
  'POST /invitations/{id}': {
    summary: 'Sets the first password, once, with the token of the link; never signs in by itself',
    access: 'public',
    mints: true,
    params: ById,
    body: Token.extend({ password: z.string().min(1).max(1_024), language: Language.default('zh-CN') }),
    replies: { 204: null },
  },
  'POST /invitations/{id}/renewal': {
    summary: 'Has a new link sent for one that has run out; the same answer for all',
    access: 'public',
    mints: true,
    params: ById,
    body: Token,
    replies: { 202: z.object({ kind: z.literal('asked') }) },
  },
  'POST /me/email/message': {
    summary: 'Sends a code to one’s own address, to verify it',
    access: 'person',
    whileHeld: true,
    unkept: true,
    replies: { 202: z.object({ kind: z.enum(['sent', 'verified']) }) },
  },
  'POST /me/email/proof': {
    summary: 'Verifies one’s own address by the code; a lock for want of it is over at once',
    access: 'person',
    whileHeld: true,
    unkept: true,
    body: z.object({ code: z.string().min(1).max(64) }),
    replies: { 204: null },
  },
  'POST /people/{id}/verifying': {
    summary: 'Gives somebody another week to verify the address',
    access: ['help', 'person'],
    params: ById,
    body: z.object({ reason: Reason }),
    replies: { 200: z.object({ until: Moment }) },
  },
  'PATCH /people/{id}': {
    summary: 'Changes role, team or end of an account; the person is told what changed',
    access: ['update', 'person'],
    fresh: true,
    params: ById,
    body: z.object({
      role: Role.optional(),
      roleId: z.uuid().nullish().describe('A further role, which brings its base; null: the plain one'),
      teamId: z.uuid().nullish(),
      endsAt: Moment.nullish(),
      reason: Reason,
    }),
    replies: { 200: PersonView },
  },
  'GET /people/{id}/access': {
    summary: 'Role, end, invitation and permissions beyond the role',
    access: ['help', 'person'],
    params: ById,
    replies: {
      200: z.object({
        role: Role,
        roleId: z.uuid().nullable(),
        teamId: z.uuid().nullable(),
        endsAt: Moment.nullable(),
        verifyBy: Moment.nullable(),
        passwordDueAt: Moment.nullable(),
        invitation: z.object({ sentAt: Moment, expiresAt: Moment }).nullable(),
        grants: z.array(GrantView),
      }),
    },
  },
  'DELETE /people/{id}/grants/{grant}': {
    summary: 'Takes a permission back that was given to one person',
    access: ['help', 'person'],
    params: z.object({ id: z.uuid(), grant: z.uuid() }),
    replies: { 204: null },
  },
  'POST /requests': {
    summary: 'Asks for a permission, as `wants` of a refusal names it',
    access: 'person',
    body: z.object({ action: z.string().max(40), object: z.string().max(40), reason: Reason }),
    replies: { 201: z.object({ id: z.uuid() }) },
  },
  'GET /requests': {
    summary: 'What people ask for, newest first',
    access: ['help', 'person'],
    query: RequestPage,
    replies: { 200: Requests },
  },
  'GET /requests/mine': {
    summary: 'What one has asked for oneself, newest first',
    access: 'person',
    query: RequestPage,
    replies: { 200: Requests },
  },
  'POST /requests/{id}/decision': {
    summary: 'Grants or refuses; a granted extension ends at `until`, or never',
    access: ['help', 'person'],
    fresh: true,
    params: ById,
    body: z.discriminatedUnion('decision', [
      z.object({
        decision: z.literal('grant'),
        until: Moment.nullable(),
        reach: Reach.optional(),
        reason: z.string().trim().max(500).default(''),
      }),
      z.object({ decision: z.literal('refuse'), reason: Reason }),
    ]),
    replies: { 204: null },
  },
  'POST /extensions': {
    summary:
      'Asks for more time for an account that has ended, by the flow of a sign-in on a known device or after its code; the same answer for all',
    access: 'public',
    body: z.object({ flow: z.string().min(1).max(4_096), reason: Reason }),
    replies: { 202: z.object({ kind: z.literal('asked') }) },
  },
  'POST /me/extension': {
    summary: 'Asks for more time before one’s own account ends',
    access: 'person',
    body: z.object({ reason: Reason }),
    replies: { 202: z.object({ kind: z.literal('asked') }) },
  },
  'GET /notices': {
    summary: 'What changed about one’s own permissions and was not taken as read',
    access: 'person',
    replies: { 200: z.object({ items: z.array(NoticeView), next: z.null() }) },
  },
  'DELETE /notices/{id}': {
    summary: 'Takes a notice as read',
    access: 'person',
    params: ById,
    replies: { 204: null },
  },
} as const;
