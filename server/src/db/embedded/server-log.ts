// Reads back what the server wrote to its own log files.
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

const most = 4_096;

function sizes(logDir: string): Map<string, number> {
  const paths = readdirSync(logDir).map(name => join(logDir, name));
  return new Map(paths.map(path => [path, statSync(path).size]));
}

function tail(path: string, from: number, size: number): string {
  const start = Math.max(from, size - most);
  const bytes = Buffer.alloc(Math.max(0, size - start));
  const handle = openSync(path, 'r');
  const read = readSync(handle, bytes, 0, bytes.length, start);
  closeSync(handle);
  return bytes.subarray(0, read).toString();
}

/** Remembers where the logs end now; the answer reads the last lines written since then. */
export function linesFromNow(logDir: string): () => string {
  const before = sizes(logDir);
  return () => [...sizes(logDir)].map(([path, size]) => tail(path, before.get(path) ?? 0, size)).join('\n');
}
