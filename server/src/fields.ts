// The kinds of field that contracts share: what may be typed into them and how it is tidied.
import { z } from 'zod';

// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point.
const noControls = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/;
const noBreaks = /^[^\r\n\t\u2028\u2029]*$/;

/** Well-formed Unicode (NFC), without outer space and without the marks that turn the direction of what follows. */
function tidy(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
}

/** Several lines of text. */
export const lines = (most: number) =>
  z.string().overwrite(tidy).max(most).regex(noControls, 'must not hold control characters');

/** One line of text; an optional one may be empty, which is kept as nothing. */
export const line = (most: number) => lines(most).regex(noBreaks, 'must be a single line');

export const email = line(320)
  .overwrite(text => text.toLowerCase())
  .regex(/^$|^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/, 'is no e-mail address');

export const phone = line(60).regex(/^$|\d/, 'holds no digit');

export const website = line(300).regex(
  /^$|^(?:https?:\/\/)?[^\s/:@]+(?::\d+)?(?:[/?#]\S*)?$/i,
  'is no web address',
);

// An hour offset may carry the last day of 9999 past it, into years that need another form.
const yearTenThousand = Date.UTC(10_000, 0);

/** A moment between 1900 and 9999, kept in UTC. */
export const time = z.iso
  .datetime({ offset: true })
  .refine(text => text >= '1900' && Date.parse(text) < yearTenThousand, 'is out of range');

/** A day between 1900 and 9998: the days after it have four figures, too. */
export const day = z.iso.date().refine(text => text >= '1900' && text < '9999', 'is out of range');

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** A time zone by its IANA name, such as `Asia/Shanghai`. */
export const zone = z.string().min(1).max(64).refine(isZone, 'is no time zone');

export const tags = z.array(line(50).min(1)).max(50);

export const Person = z.object({ id: z.uuid(), name: z.string() });

/** A field's change as histories tell it. */
export const Change = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() });

export const HistoryEntry = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.object({ id: z.uuid().nullable(), name: z.string().nullable() }),
    action: z.string(),
    changes: z.array(Change),
  })
  .meta({ id: 'HistoryEntry' });

export const ById = z.object({ id: z.uuid() });

/** Query members that every list has. */
export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(1_000).optional(),
};

export const HistoryQuery = z.strictObject({ limit: page.limit, after: z.uuid().optional() });
export const HistoryPage = z.object({ items: z.array(HistoryEntry), next: z.uuid().nullable() });
