// The kinds of record that people talk about: commented on, followed, told of.
import { z } from 'zod';

/** A new kind of record joins here, and with its table in subjects.ts. */
export const SubjectType = z.enum(['customer', 'contact', 'deal', 'lead', 'order']);

/** Whatever a field of a record may point to. */
export const LinkType = z.enum([...SubjectType.options, 'product']);

/** Whatever files are attached to. */
export const BearerType = z.enum([...LinkType.options, 'task']);

export const SubjectRef = z.object({ type: SubjectType, id: z.uuid() });
