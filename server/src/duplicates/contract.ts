// Records that are one and the same, over HTTP: what is alike, merging, undoing a merge.
import { z } from 'zod';
import { ContactView } from '../contacts/contract.ts';
import { CustomerView } from '../customers/contract.ts';
import * as f from '../fields.ts';
import { LeadView } from '../leads/contract.ts';

/** Kinds of record that are looked through for duplicates. */
export const Alike = z.enum(['customer', 'contact', 'lead']);

export const Choice = z.enum(['survivor', 'other', 'both']);

const Choices = z
  .record(z.string().max(80), Choice)
  .describe(
    'By field, `custom.<key>` for the workspace’s own, `ownerId` for the owner: whose value stays. Left out: the survivor’s, or the other’s where it has none; `both` joins tags and remarks.',
  );

const Moves = z.record(z.string(), z.int()).describe('How many records go along, by kind');

const Merge = z
  .object({
    id: z.uuid(),
    object: Alike,
    survivor: f.Person,
    other: f.Person,
    by: f.Person,
    at: z.iso.datetime(),
    until: z.iso.datetime().describe('Up to when it can be undone'),
    moved: Moves,
  })
  .meta({ id: 'Merge' });

const Member = z.object({
  id: z.uuid(),
  name: z.string(),
  detail: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  owner: f.Person.nullable(),
  createdAt: z.iso.datetime(),
  mergeable: z.boolean().describe('False of a lead that has become a customer'),
});

const Group = z
  .object({
    id: z.uuid(),
    object: Alike,
    alike: z.array(z.object({ kind: z.enum(['name', 'phone', 'email', 'domain']), value: z.string() })),
    members: z.array(Member),
  })
  .meta({ id: 'DuplicateGroup' });

const previewOf = <const O extends z.output<typeof Alike>, V extends z.ZodType>(object: O, view: V) =>
  ({
    summary: `What merging another ${object} into this one would make of it; nothing is written`,
    access: ['update', object],
    params: f.ById,
    query: z.strictObject({ other: z.uuid() }),
    replies: { 200: z.object({ survivor: view, other: view, choices: Choices, moves: Moves }) },
  }) as const;

const mergeOf = <const O extends z.output<typeof Alike>, R extends z.ZodType>(object: O, reply: R) =>
  ({
    summary: `Merges another ${object} into this one: what belongs to it goes along, it goes away and leads here. If-Match names the version of this one`,
    access: ['update', object],
    params: f.ById,
    body: z.strictObject({
      otherId: z.uuid(),
      otherVersion: z.int().positive().optional(),
      choices: Choices.optional(),
    }),
    replies: { 200: reply },
  }) as const;

const undone = <const O extends z.output<typeof Alike>, V extends z.ZodType>(object: O, view: V) =>
  z.object({ object: z.literal(object), survivor: view, other: view });

export const duplicatesContract = {
  'GET /customers/{id}/merge': previewOf('customer', CustomerView),
  'GET /contacts/{id}/merge': previewOf('contact', ContactView),
  'GET /leads/{id}/merge': previewOf('lead', LeadView),
  'POST /customers/{id}/merge': mergeOf('customer', z.object({ merge: Merge, customer: CustomerView })),
  'POST /contacts/{id}/merge': mergeOf('contact', z.object({ merge: Merge, contact: ContactView })),
  'POST /leads/{id}/merge': mergeOf('lead', z.object({ merge: Merge, lead: LeadView })),
  'GET /merges': {
    summary: 'Merges that can still be undone, newest first',
    access: 'person',
    query: z.strictObject({
      ...f.page,
      object: Alike.optional().describe('customer where nothing is said'),
      survivor: z.uuid().optional().describe('Only what was merged into this record'),
    }),
    replies: { 200: z.object({ items: z.array(Merge), next: z.string().nullable() }) },
  },
  'POST /merges/{id}/undo': {
    summary:
      'Makes two of one again within 30 days: both as they were, with what went along; what was added since stays with the survivor',
    access: 'person',
    params: f.ById,
    replies: {
      200: z.discriminatedUnion('object', [
        undone('customer', CustomerView),
        undone('contact', ContactView),
        undone('lead', LeadView),
      ]),
    },
  },
  'GET /duplicates': {
    summary: 'Groups of records that look alike, newest first; only those wholly within one’s reach',
    access: ['read', 'customer'],
    query: z.strictObject({ ...f.page, object: Alike.optional() }),
    replies: { 200: z.object({ items: z.array(Group), next: z.string().nullable() }) },
  },
  'POST /duplicates/apart': {
    summary: 'Says that these records are not the same, so that they are not shown as alike again',
    access: ['update', 'customer'],
    body: z.strictObject({ object: Alike, ids: z.array(z.uuid()).min(2).max(20) }),
    replies: { 204: null },
  },
} as const;
