// A file of vCards as rows, however many cards it holds: read piece by piece, one row for each card.
import { createReadStream } from 'node:fs';
import { FileFault } from './faults.ts';
import { readVcards } from './vcard.ts';

/** The headings of such rows, as an import recognises them. */
const headings = [
  'Full Name',
  'Company',
  'Title',
  'Mobile',
  'Phone',
  'Email',
  'Other Email',
  'WeChat',
  'Website',
  'Address',
  'Notes',
  'Birthday',
  'Categories',
  'UID',
] as const;
type Heading = (typeof headings)[number];

const mostOfCard = 8 * 1_048_576;
const endOfCard = /END:VCARD[ \t]*(?:\r\n|\n|\r|$)/gi;

const plain: Record<string, Heading> = {
  FN: 'Full Name',
  N: 'Full Name',
  ORG: 'Company',
  TITLE: 'Title',
  ROLE: 'Title',
  URL: 'Website',
  ADR: 'Address',
  BDAY: 'Birthday',
  CATEGORIES: 'Categories',
  UID: 'UID',
  'X-WECHAT': 'WeChat',
  'X-WEIXIN': 'WeChat',
};

/** Headings first, then a row for every card that names anybody. */
export async function* vcardRows(path: string): AsyncGenerator<string[]> {
  yield [...headings];
  let waiting = '';
  let row = 1;
  for await (const chunk of createReadStream(path)) {
    waiting += (chunk as Buffer).toString('latin1');
    let cut = 0;
    for (const match of waiting.matchAll(endOfCard)) cut = match.index + match[0].length;
    // Held back: an end at the very end of a piece may go on in the next.
    if (cut === waiting.length) cut = 0;
    if (cut === 0 && waiting.length > mostOfCard) throw new FileFault('row-too-long', row + 1);
    for (const cells of rowsIn(waiting.slice(0, cut))) {
      row++;
      yield cells;
    }
    waiting = waiting.slice(cut);
  }
  yield* rowsIn(waiting);
}

function* rowsIn(text: string): Generator<string[]> {
  if (text.trim() === '') return;
  for (const card of readVcards(Buffer.from(text, 'latin1'), null, { uid: true })) {
    const cells = new Map<Heading, string>();
    for (const { name, value } of card) {
      const heading = headingOf(name, cells);
      if (heading === 'Notes') cells.set('Notes', [cells.get('Notes'), value].filter(Boolean).join('\n'));
      else if (!cells.has(heading)) cells.set(heading, value);
    }
    // A company's card may have no name of a person.
    if (cells.size > 0) yield headings.map(heading => cells.get(heading) ?? '');
  }
}

/** What has no column of its own, a third telephone for instance, is told in the notes. */
function headingOf(name: string, cells: Map<Heading, string>): Heading {
  if (name === 'TEL') return cells.has('Mobile') ? (cells.has('Phone') ? 'Notes' : 'Phone') : 'Mobile';
  if (name === 'EMAIL')
    return cells.has('Email') ? (cells.has('Other Email') ? 'Notes' : 'Other Email') : 'Email';
  return plain[name] ?? 'Notes';
}
