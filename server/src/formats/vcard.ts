// Reads vCards 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350): folding, quoted-printable, character sets of each property. Pure.
import { textOf } from './charsets.ts';

export type Field = { name: string; value: string };

type Property = { name: string; parameters: string[]; value: string };

/** Properties that hold pictures and keys, or describe the card itself. */
const skipped = /^(?:PHOTO|LOGO|SOUND|KEY|PRODID|REV|VERSION|CLASS|SORT-STRING|CLIENTPIDMAP|X-ABLABEL)$/;

/**
 * The fields of every card in the text. `charset` is that of the whole, where one was named; `uid`: with the card's own
 * mark, by which it is known again.
 */
export function readVcards(
  bytes: Uint8Array,
  charset?: string | null,
  { uid = false }: { uid?: boolean } = {},
): Field[][] {
  const cards: Field[][] = [];
  let card: Property[] | null = null;
  let agents = 0;
  for (const line of logicalLines(bytes)) {
    const property = propertyIn(line, charset);
    if (!property || (property.name === 'UID' && !uid)) continue;
    const marks = `${property.name}:${property.value.trim().toUpperCase()}`;
    if (marks === 'BEGIN:VCARD') {
      // A card within a card is somebody's agent, not another customer.
      if (card) agents++;
      else card = [];
    } else if (marks === 'END:VCARD') {
      if (agents > 0) agents--;
      else if (card) {
        cards.push(fieldsOf(card));
        card = null;
      }
    } else if (card && agents === 0) card.push(property);
  }
  if (card) cards.push(fieldsOf(card)); // cut off before its end: what is there counts
  return cards;
}

/** Lines with their continuations, one byte a character, since folding may cut a character in two. */
function logicalLines(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const isOld = /^VERSION:2\.1\s*$/im.test(text);
  const lines: string[] = [];
  let open: string[] | null = null;
  let soft = false;
  const close = () => {
    if (open) lines.push(open.join(''));
    open = null;
  };
  for (const raw of text.split(/\r\n|\n|\r/)) {
    if (open && soft) open.push(raw);
    else if (open && /^[ \t]/.test(raw)) open.push(isOld ? raw : raw.slice(1));
    else {
      close();
      open = [raw];
    }
    const first: string = open?.[0] ?? '';
    const last = open?.at(-1) ?? '';
    soft = last.endsWith('=') && /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(first);
    if (soft && open) open[open.length - 1] = last.slice(0, -1);
  }
  close();
  return lines;
}

function propertyIn(line: string, charset?: string | null): Property | null {
  const colon = colonIn(line);
  if (colon < 1) return null;
  const [head = '', ...parameters] = line.slice(0, colon).split(';');
  const name = (head.split('.').at(-1) ?? '').trim().toUpperCase();
  const upper = parameters.map(parameter => parameter.trim().toUpperCase());
  if (!/^[A-Z\d-]{1,60}$/.test(name) || skipped.test(name)) return null;
  if (upper.some(parameter => /^(?:ENCODING=)?(?:B|BASE64)$/.test(parameter))) return null;
  const own = upper.map(parameter => /^CHARSET="?([\w-]+)"?$/.exec(parameter)?.[1]).find(Boolean);
  const quoted = upper.some(parameter => /^(?:ENCODING=)?QUOTED-PRINTABLE$/.test(parameter));
  const value = line.slice(colon + 1);
  const octets = Buffer.from(quoted ? unquoted(value) : value, 'latin1');
  return { name, parameters: upper, value: textOf(octets, own ?? charset ?? null) };
}

/** The colon that ends name and parameters; one in quotation marks does not. */
function colonIn(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') quoted = !quoted;
    else if (line[at] === ':' && !quoted) return at;
  }
  return -1;
}

function unquoted(text: string): string {
  return text.replace(/=([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The parts between bare semicolons, without their backslashes; one part where nothing divides. */
function parts(value: string, divider = ';'): string[] {
  const found = [''];
  for (let at = 0; at < value.length; at++) {
    const letter = value[at] ?? '';
    if (letter === divider) found.push('');
    else if (letter !== '\\') found[found.length - 1] += letter;
    else {
      const next = value[++at] ?? '';
      found[found.length - 1] += next === 'n' || next === 'N' ? '\n' : next;
    }
  }
  return found.map(part => part.trim());
}

const whole = (value: string) => parts(value, '')[0] ?? '';
const isHan = (text: string) => /^[\p{Script=Han}·\s]+$/u.test(text);

function fieldsOf(card: Property[]): Field[] {
  const fields: Field[] = [];
  const hasName = card.some(({ name, value }) => name === 'FN' && value.trim() !== '');
  for (const { name, value } of [...card].sort((a, b) => rank(a) - rank(b))) {
    const text = textFor(name, value, hasName);
    if (text !== '') fields.push({ name, value: text });
  }
  return fields;
}

/** Of several telephones the one preferred comes first, then a mobile one; faxes come last. */
function rank({ name, parameters }: Property): number {
  if (name !== 'TEL' && name !== 'EMAIL') return 0;
  const words = parameters.join(';');
  if (/FAX/.test(words)) return 4;
  if (/PREF/.test(words)) return 1;
  return /CELL/.test(words) ? 2 : 3;
}

function textFor(name: string, value: string, hasName: boolean): string {
  switch (name) {
    case 'N': {
      const [family = '', given = ''] = parts(value);
      if (hasName) return '';
      return isHan(family + given) ? `${family}${given}`.replace(/\s+/g, '') : `${given} ${family}`.trim();
    }
    case 'ORG':
      return parts(value)[0] ?? '';
    case 'ADR': {
      const [box = '', extra = '', street = '', city = '', region = '', code = '', country = ''] =
        parts(value);
      const local = [country, region, city, street, extra, box].filter(Boolean);
      return isHan(city + region)
        ? [local.join(''), code].filter(Boolean).join(' ')
        : [box, extra, street, city, region, code, country].filter(Boolean).join(', ');
    }
    case 'TEL':
      return whole(value).replace(/^tel:/i, '');
    case 'EMAIL':
      return whole(value).replace(/^mailto:/i, '');
    default:
      return whole(value);
  }
}
