// What a conversation is made of, in the order of its time; and copying text, also where the page came without https.
import type { Calls } from '../calls.ts';

type Own = Calls['POST /support/ticket']['reply'];
type Entry = Own['entries'][number];
type Picture = Own['pictures'][number];
type Said = { kind: 'entry'; entry: Entry } | { kind: 'picture'; picture: Picture };

/** Words and pictures together, the oldest first. */
export function inOrder(ticket: { entries: Entry[]; pictures: Picture[] }): Said[] {
  const timed = [
    ...ticket.entries.map(entry => ({ at: entry.at, said: { kind: 'entry' as const, entry } })),
    ...ticket.pictures.map(picture => ({ at: picture.at, said: { kind: 'picture' as const, picture } })),
  ];
  return timed.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).map(one => one.said);
}

/** Copies a text; false where the browser does not let it. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
