// Records that are one and the same, over HTTP: what is alike, merging, undoing a merge.
import { z } from 'zod';
import { CustomerView } from '../customers/contract.ts';
import * as f from '../fields.ts';

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
    object: z.enum(['customer']),
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
});

const Group = z
  .object({
    id: z.uuid(),
    object: Alike,
    alike: z.array(z.object({ kind: z.enum(['name', 'phone', 'email', 'domain']), value: z.string() })),
    members: z.array(Member),
  })
  .meta({ id: 'DuplicateGroup' });

export const duplicatesContract = {
  'GET /customers/{id}/merge': {
    summary: 'What merging another customer into this one would make of it; nothing is written',
    access: ['update', 'customer'],
    params: f.ById,
    query: z.strictObject({ other: z.uuid() }),
    replies: {
      200: z.object({ survivor: CustomerView, other: CustomerView, choices: Choices, moves: Moves }),
    },
  },
  'POST /customers/{id}/merge': {
    summary:
      'Merges another customer into this one: what belongs to it goes along, it goes away and leads here. If-Match names the version of this one',
    access: ['update', 'customer'],
    params: f.ById,
    body: z.strictObject({
      otherId: z.uuid(),
      otherVersion: z.int().positive().optional(),
      choices: Choices.optional(),
    }),
    replies: { 200: z.object({ merge: Merge, customer: CustomerView }) },
  },
  'GET /merges': {
    summary: 'Merges that can still be undone, newest first',
    access: ['update', 'customer'],
    query: z.strictObject({
      ...f.page,
      survivor: z.uuid().optional().describe('Only what was merged into this customer'),
    }),
    replies: { 200: z.object({ items: z.array(Merge), next: z.string().nullable() }) },
  },
  'POST /merges/{id}/undo': {
    summary:
      'Makes two of one again within 30 days: both as they were, with what went along; what was added since stays with the survivor',
    access: ['update', 'customer'],
    params: f.ById,
    replies: { 200: z.object({ survivor: CustomerView, other: CustomerView }) },
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
