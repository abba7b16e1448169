// What kind of file some bytes are, as far as such files are taken in. Pure.
import type { z } from 'zod';
import type { FileKind } from './contract.ts';

/** How many bytes of a file are looked at to tell its type. */
export const headBytes = 4_096;

const ascii = (head: Buffer, from: number, text: string) =>
  head.toString('latin1', from, from + text.length) === text;
const bytes = (head: Buffer, ...wanted: number[]) => wanted.every((byte, at) => head[at] === byte);

const openXml = 'application/vnd.openxmlformats-officedocument.';
const openDocument = 'application/vnd.oasis.opendocument.';
const zipped: Record<string, string> = {
  docx: `${openXml}wordprocessingml.document`,
  xlsx: `${openXml}spreadsheetml.sheet`,
  pptx: `${openXml}presentationml.presentation`,
  odt: `${openDocument}text`,
  ods: `${openDocument}spreadsheet`,
  odp: `${openDocument}presentation`,
  zip: 'application/zip',
};
const old: Record<string, string> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  wps: 'application/msword',
  et: 'application/vnd.ms-excel',
  msg: 'application/vnd.ms-outlook',
};
const written: Record<string, string> = {
  txt: 'text/plain',
  md: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  vcf: 'text/vcard',
  ics: 'text/calendar',
  eml: 'message/rfc822',
};

/** The kind that a media type belongs to. */
export function kindOf(type: string): z.output<typeof FileKind> {
  if (type === 'application/pdf') return 'pdf';
  if (type.startsWith('image/')) return 'picture';
  if (type.startsWith('audio/')) return 'sound';
  if (type.startsWith('video/')) return 'film';
  if (type === 'message/rfc822' || type === 'application/vnd.ms-outlook') return 'mail';
  if (type === 'application/zip') return 'archive';
  if (/spreadsheet|excel/.test(type)) return 'sheet';
  if (/presentation|powerpoint/.test(type)) return 'slides';
  return type.startsWith('text/') ? 'text' : 'document';
}

const endingOf = (name: string) => /\.([a-z\d]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/**
 * The media type of a file from its first bytes and its ending, which must agree; null for what is not taken in:
 * programs, pages, pictures that hold scripts, and what nobody can tell.
 */
export function typeOf(name: string, head: Buffer): string | null {
  const ending = endingOf(name);
  const one = (type: string, ...endings: string[]) => (endings.includes(ending) ? type : null);
  if (ascii(head, 0, '%PDF-')) return one('application/pdf', 'pdf');
  if (bytes(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return one('image/png', 'png');
  if (bytes(head, 0xff, 0xd8, 0xff)) return one('image/jpeg', 'jpg', 'jpeg');
  if (ascii(head, 0, 'GIF8')) return one('image/gif', 'gif');
  if (ascii(head, 0, 'RIFF') && ascii(head, 8, 'WEBP')) return one('image/webp', 'webp');
  if (ascii(head, 0, 'RIFF') && ascii(head, 8, 'WAVE')) return one('audio/wav', 'wav');
  if (ascii(head, 4, 'ftyphei') || ascii(head, 4, 'ftypmif1')) return one('image/heic', 'heic', 'heif');
  if (ascii(head, 4, 'ftyp')) return one('video/mp4', 'mp4', 'mov') ?? one('audio/mp4', 'm4a');
  if (ascii(head, 0, 'ID3') || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0))
    return one('audio/mpeg', 'mp3');
  if (bytes(head, 0x50, 0x4b, 0x03, 0x04)) return zipped[ending] ?? null;
  if (bytes(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return old[ending] ?? null;
  return isText(head) ? (written[ending] ?? null) : null;
}

// No control characters but those of text: true of UTF-8 and of Chinese encodings alike.
function isText(head: Buffer): boolean {
  return head.every(byte => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

/** `Content-Disposition` of a download under its own name (RFC 6266): always saved, never opened in the page. */
export function disposition(name: string): string {
  const plain = name.replace(/[^\w.() -]/g, '_');
  const exact = encodeURIComponent(name).replace(/['()*]/g, one => `%${one.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
