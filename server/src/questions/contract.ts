// Security questions over HTTP: one's own, and whether the workspace asks any.
import { z } from 'zod';
import { line, lines } from '../fields.ts';

/** Questions that are offered; their words stand on the pages. */
export const presets = ['street', 'teacher', 'first-pay', 'dish', 'song', 'journey', 'book'] as const;

/** A question that is offered, or one in the person's own words. */
export const Question = z.union([
  z.strictObject({ preset: z.enum(presets) }),
  z.strictObject({ own: line(120).min(4) }),
]);

const Answer = line(100).min(1);
const Three = z.array(Question).length(3);

export const Answers = z.array(Answer).length(3);

const Policy = z.object({
  enabled: z.boolean(),
  /** Why they were switched on against the advice. */
  reason: z.string(),
  changedAt: z.iso.datetime().nullable(),
});

export const questionsContract = {
  'GET /security-questions': {
    summary: 'One’s own security questions, never the answers; `offered` where the workspace asks them',
    access: 'person',
    replies: {
      200: z.object({
        offered: z.boolean(),
        set: z.object({ at: z.iso.datetime(), questions: Three }).nullable(),
      }),
    },
  },
  'PUT /security-questions': {
    summary: 'Sets one’s three questions and answers; those before are gone. Wants a confirmation first',
    access: 'person',
    unkept: true,
    body: z.strictObject({
      items: z.array(z.strictObject({ question: Question, answer: Answer })).length(3),
    }),
    replies: { 204: null },
  },
  'DELETE /security-questions': {
    summary: 'Removes one’s security questions; wants a confirmation first',
    access: 'person',
    unkept: true,
    replies: { 204: null },
  },
  'GET /policies/questions': {
    summary: 'Whether security questions are asked in a recovery',
    access: ['read', 'policy'],
    replies: { 200: Policy },
  },
  'PUT /policies/questions': {
    summary: 'Switches security questions on, with a reason, or off, which removes all that were set',
    access: ['configure', 'policy'],
    fresh: true,
    body: z.union([
      z.strictObject({ enabled: z.literal(true), reason: lines(500).min(10) }),
      z.strictObject({ enabled: z.literal(false), reason: lines(500).default('') }),
    ]),
    replies: { 200: Policy },
  },
} as const;
