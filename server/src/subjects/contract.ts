// The kinds of record that people talk about: commented on, followed, told of.
import { z } from 'zod';

/** A new kind of record joins here, and with its table in subjects.ts. */
export const SubjectType = z.enum(['customer', 'contact', 'deal', 'lead', 'order']);

export const SubjectRef = z.object({ type: SubjectType, id: z.uuid() });
