// Locks told over HTTP: one's own, everybody's, a single one; each with its whole story.
import { z } from 'zod';

const When = z.iso.datetime();

/** The `lock` member of problems and the beginning of every story. */
export const Told = z.object({
  cause: z.string(),
  scope: z.array(z.string()),
  since: When,
  until: When.nullable(),
  waysOut: z.array(z.object({ kind: z.string(), href: z.string().optional(), note: z.string() })),
  /** Whether the lock is as it should be; null where nothing speaks either way. */
  normal: z.boolean().nullable(),
  why: z.string(),
  mind: z.string(),
});

export const StaleClient = z.object({
  device: z.string().nullable(),
  origin: z.string(),
  times: z.int(),
  since: When,
  last: When,
  /** It sends a former password, which was changed then. */
  changedAt: When.nullable(),
  note: z.string(),
});

/** A lock as it is told to its owner, to administrators and auditors, and by the tool on the server. */
export const Story = Told.extend({
  id: z.uuid().nullable(),
  stands: z.boolean(),
  lifted: z
    .object({
      at: When,
      how: z.string().nullable(),
      by: z.uuid().nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
  /** Failed tries that led to it, from a day before on; the newest ten in full. */
  tries: z.object({
    count: z.int(),
    sources: z.int(),
    first: When.nullable(),
    last: When.nullable(),
    newest: z.array(
      z.object({
        id: z.uuid(),
        at: When,
        origin: z.string(),
        device: z.string().nullable(),
        lane: z.string(),
        laneWords: z.string(),
        kind: z.string(),
        kindWords: z.string(),
      }),
    ),
  }),
  /** Tries that were turned away without looking at the password. */
  refused: z.object({ count: z.int(), first: When.nullable(), last: When.nullable() }),
  staleClients: z.array(StaleClient),
  signals: z.array(
    z.object({ kind: z.string(), speaks: z.enum(['normal', 'abnormal']).nullable(), note: z.string() }),
  ),
}).meta({ id: 'Story' });

export const LockView = Story.extend({
  id: z.uuid(),
  subject: z.object({
    kind: z.string(),
    person: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  }),
  evidence: z.record(z.string(), z.unknown()),
}).meta({ id: 'Lock' });

const Page = z.object({ items: z.array(LockView), next: z.uuid().nullable() });

export const storiesContract = {
  'GET /locks/mine': {
    summary: 'One’s own locks, past and present, each with its story',
    access: 'person',
    replies: { 200: Page },
  },
  'GET /locks': {
    summary: 'All locks with their stories, newest first',
    access: ['read', 'lock'],
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      after: z.uuid().optional(),
      person: z.uuid().optional(),
      standing: z.enum(['true', 'false']).optional(),
    }),
    replies: { 200: Page },
  },
  'GET /locks/{id}': {
    summary: 'One lock with its story',
    access: ['read', 'lock'],
    params: z.object({ id: z.uuid() }),
    replies: { 200: LockView },
  },
} as const;
