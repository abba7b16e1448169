// Writes vCards of version 3.0 (RFC 2426), which telephones and mail programs all read.
import { property, escapedValue as safe } from './text-lines.ts';

export type Card = {
  id: string;
  name: string;
  company: string | null;
  title: string | null;
  phone: string | null;
  email: string | null;
  wechat: string | null;
  note: string | null;
  /** ISO 8601. */
  changedAt: string;
};

/** One card. */
export function vcard(card: Card): string {
  const line = (name: string, value: string | null) => property(name, value && safe(value));
  return [
    'BEGIN:VCARD\r\nVERSION:3.0\r\n',
    line('FN', card.name),
    property('N', `${safe(card.name)};;;;`),
    line('ORG', card.company),
    line('TITLE', card.title),
    line('TEL;TYPE=CELL', card.phone),
    line('EMAIL;TYPE=INTERNET', card.email),
    line('X-WECHAT', card.wechat),
    line('NOTE', card.note),
    line('UID', card.id),
    line('REV', card.changedAt),
    'END:VCARD\r\n',
  ].join('');
}
