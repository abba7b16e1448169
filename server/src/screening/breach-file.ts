// A file of breached passwords as haveibeenpwned.com ships it, looked up where it lies: sorted `SHA-1:count` lines.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export type BreachFile = {
  /** Whether the password stands in the file; a few reads of the disk's cache. */
  holds: (password: string) => boolean;
  /** Tells one state of the file from another without reading all of it. */
  stamp: string;
  close: () => void;
};

export type BreachOutcome = { kind: 'open'; file: BreachFile } | { kind: 'fault'; sentence: string };

const line = /^([0-9a-f]{40})(?::\d+)?\s*$/i;
/** Longer than any line: forty digits, a colon, a count, line end. */
const longestLine = 64;
const nearEnough = 4_096;
const samples = 256;

/** Opens the file and looks at some of its lines; a file that is no such list is named with what is wrong. */
export function openBreachFile(path: string): BreachOutcome {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    return { kind: 'fault', sentence: `it cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
  const stat = fstatSync(fd);
  const checked = stat.isFile() ? check(fd, stat.size) : { fault: 'it is no file' };
  if ('fault' in checked) {
    closeSync(fd);
    return { kind: 'fault', sentence: checked.fault };
  }
  const holds = (password: string) =>
    find(fd, stat.size, createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase());
  return { kind: 'open', file: { holds, stamp: checked.stamp, close: () => closeSync(fd) } };
}

/** For the settings: whether the file can be used. */
export function isBreachFile(path: string): boolean {
  const opened = openBreachFile(path);
  if (opened.kind === 'open') opened.file.close();
  return opened.kind === 'open';
}

function check(fd: number, size: number): { stamp: string } | { fault: string } {
  if (size === 0) return { fault: 'it is empty' };
  const digest = createHash('sha256').update(String(size));
  let before = '';
  for (let sample = 0; sample < samples; sample++) {
    const at = Math.floor((size / samples) * sample);
    const text = read(fd, at, at + longestLine * 2);
    const lineEnd = text.indexOf('\n');
    // Beyond the start of the last line nothing begins any more.
    if (at > 0 && at + text.length >= size && (lineEnd < 0 || lineEnd === text.length - 1)) break;
    const begun = at === 0 ? text : text.slice(lineEnd + 1);
    const hash = line.exec(begun.split('\n', 1)[0] ?? '')?.[1]?.toUpperCase();
    if (!hash) return { fault: `near byte ${at} there is no line of a SHA-1 hash in hexadecimal` };
    if (hash < before)
      return { fault: `near byte ${at} the hashes are not in order: take the file sorted by hash` };
    before = hash;
    digest.update(hash);
  }
  return { stamp: digest.digest('base64url') };
}

function read(fd: number, from: number, to: number): string {
  const buffer = Buffer.allocUnsafe(to - from);
  return buffer.toString('latin1', 0, readSync(fd, buffer, 0, buffer.length, from));
}

/** Halves the bytes between `low`, where a line begins, and `high` until what is left is read at once. */
function find(fd: number, size: number, hash: string): boolean {
  let low = 0;
  let high = size;
  while (high - low > nearEnough) {
    const middle = Math.floor((low + high) / 2);
    const text = read(fd, middle, middle + longestLine * 2);
    const begin = text.indexOf('\n') + 1;
    const found = text.slice(begin, begin + 40).toUpperCase();
    if (found === hash) return true;
    if (found < hash) low = middle + begin;
    else high = middle;
  }
  // The line on which `high` fell began before it.
  const rest = read(fd, low, high + longestLine);
  return rest
    .toUpperCase()
    .split('\n')
    .some(one => one.startsWith(hash));
}
