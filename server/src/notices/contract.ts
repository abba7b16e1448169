// The notices that wait for one person, and how he wants to hear of what.
import { z } from 'zod';
import * as f from '../fields.ts';
import { SubjectRef } from '../subjects/contract.ts';

export const NoticeKind = z.enum([
  'mention',
  'comment',
  'assigned',
  'moved',
  'shared',
  'owner-changed',
  'pool-warning',
  'pool-returned',
  'task-due',
  'task-given',
  'follow-up-due',
  'automation',
  'automation-paused',
  'handover-left',
]);

const InboxNotice = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    at: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
    by: z.object({ id: z.uuid().nullable(), name: z.string().nullable() }),
    text: z.string().describe('The sentence, in the language of the reader'),
    excerpt: z
      .string()
      .nullable()
      .describe('The beginning of what was written; null where one may not read it'),
    object: SubjectRef.nullable().describe('The record it is about; null where one may not read it'),
  })
  .meta({ id: 'InboxNotice' });

const Way = z.strictObject({
  kind: NoticeKind,
  app: z.boolean(),
  mail: z.enum(['none', 'digest', 'at-once']),
});
const Ways = z
  .object({ items: z.array(z.object({ ...Way.shape, title: z.string(), about: z.string() })) })
  .meta({ id: 'InboxSettings' });
const Count = z.object({ unread: z.int().describe('100 stands for a hundred and more') });

export const noticesContract = {
  'GET /inbox': {
    summary: 'What one has been told, newest first; kept for 90 days',
    access: 'person',
    query: z.strictObject({
      unread: z.enum(['true', 'false']).optional(),
      limit: f.page.limit,
      after: z.uuid().optional(),
    }),
    replies: { 200: z.object({ items: z.array(InboxNotice), next: z.uuid().nullable() }) },
  },
  'GET /inbox/count': {
    summary: 'How many notices one has not read',
    access: 'person',
    unasked: true,
    replies: { 200: Count },
  },
  'POST /inbox/read': {
    summary: 'Marks notices as read: those named, or all up to one (left out: all)',
    access: 'person',
    body: z.union([
      z.strictObject({ ids: z.array(z.uuid()).min(1).max(200) }),
      z.strictObject({ upTo: z.uuid().optional() }),
    ]),
    replies: { 200: Count },
  },
  'GET /inbox/settings': {
    summary: 'How one hears of each kind of thing: in the app, by mail at once or once a day',
    access: 'person',
    replies: { 200: Ways },
  },
  'PUT /inbox/settings': {
    summary: 'Chooses how to hear of the kinds named',
    access: 'person',
    body: z.strictObject({ items: z.array(Way).min(1).max(20) }),
    replies: { 200: Ways },
  },
} as const;
