// Comments on records, and who follows which, over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';
import { SubjectType } from '../subjects/contract.ts';

export const Comment = z
  .object({
    id: z.uuid(),
    object: z.object({ type: SubjectType, id: z.uuid() }),
    author: f.Person,
    body: z.string(),
    mentions: z.array(f.Person),
    createdAt: z.iso.datetime(),
    editedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Comment' });

const Written = z
  .object({
    comment: Comment,
    unreached: z
      .array(f.Person)
      .describe('People mentioned who may not read the record: they are told nothing of it'),
  })
  .meta({ id: 'CommentWritten' });

const words = {
  body: f.lines(4_000).min(1),
  mentions: z.array(z.uuid()).max(20).default([]),
};
const about = { object: SubjectType, id: z.uuid() };

export const NewComment = z.strictObject({ object: SubjectType, objectId: z.uuid(), ...words });

export const commentsContract = {
  'GET /comments': {
    summary: 'The comments on one record that one may read, newest first',
    access: 'person',
    query: z.strictObject({ ...about, limit: f.page.limit, after: f.page.after }),
    replies: { 200: z.object({ items: z.array(Comment), next: z.string().nullable() }) },
  },
  'POST /comments': {
    summary:
      'Comments on a record; whoever is mentioned, follows or owns it is told, as far as he may read it',
    access: 'person',
    body: NewComment,
    replies: { 201: Written },
  },
  'PATCH /comments/{id}': {
    summary: 'Changes a comment of one’s own; with If-Match only the version named',
    access: 'person',
    params: f.ById,
    body: z.strictObject(words),
    replies: { 200: Written },
  },
  'DELETE /comments/{id}': {
    summary: 'Removes a comment of one’s own, and the notices of it',
    access: 'person',
    params: f.ById,
    replies: { 204: null },
  },
  'GET /comments/people': {
    summary:
      'Whom one may mention at a record, by what their names hold, those that begin with it first; and who of them may read it',
    access: 'person',
    query: z.strictObject({
      ...about,
      q: f.line(60).default(''),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    replies: { 200: z.object({ items: z.array(f.Person.extend({ reads: z.boolean() })), next: z.null() }) },
  },
  'GET /follows': {
    summary: 'Whether one follows a record: an owner does, unless he has said otherwise',
    access: 'person',
    query: z.strictObject(about),
    replies: { 200: z.object({ following: z.boolean(), followers: z.int() }) },
  },
  'PUT /follows': {
    summary: 'Follows a record, or no longer',
    access: 'person',
    body: z.strictObject({ object: SubjectType, objectId: z.uuid(), following: z.boolean() }),
    replies: { 200: z.object({ following: z.boolean(), followers: z.int() }) },
  },
} as const;
