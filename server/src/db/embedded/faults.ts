// Why the embedded PostgreSQL could not start, told from what it printed and from the state of the disk.
import { statfsSync } from 'node:fs';

export type EmbeddedFault = {
  kind:
    | 'data-folder-in-use'
    | 'disk-full'
    | 'not-writable'
    | 'newer-version'
    | 'binaries-missing'
    | 'did-not-start';
  detail: string;
};

export type Faulted = { kind: 'fault'; fault: EmbeddedFault };

export const fault = (kind: EmbeddedFault['kind'], detail: string): Faulted => ({
  kind: 'fault',
  fault: { kind, detail },
});

// One segment of the write-ahead log is 16 MiB; with less room than that no start can succeed.
const leastRoom = 16 * 1024 * 1024;

/** Bytes an unprivileged process may still write in a folder; null when the system does not say. */
export function roomIn(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

// The kernel answers "no space" for exhausted shared memory and semaphores too: that is not the disk.
const notTheDisk = /shared memory|semaphore/i;

/** Names the fault behind the lines printed by initdb or postgres; `room` is what is left on the disk. */
export function classify(output: string, room: number | null): Faulted {
  const lines = output.split('\n').map(line => line.trim());
  const telling = lines.filter(
    line => !/Future log output/.test(line) && /FATAL|PANIC|error|could not|No space|denied|HINT/i.test(line),
  );
  const detail = (telling.length > 0 ? telling : lines.filter(Boolean)).slice(-6).join(' | ');
  const full = lines.some(
    line => /No space left|ENOSPC|disk quota exceeded|EDQUOT/i.test(line) && !notTheDisk.test(line),
  );
  if (full || (room !== null && room < leastRoom)) {
    return fault('disk-full', detail || 'no space left on device');
  }
  if (/incompatible with server|initialized by PostgreSQL version/i.test(output))
    return fault('newer-version', detail);
  if (
    /Permission denied|Read-only file system|Operation not permitted|EACCES|EROFS|EPERM|ENOTDIR|EEXIST/i.test(
      output,
    )
  ) {
    return fault('not-writable', detail);
  }
  return fault('did-not-start', detail || 'PostgreSQL ended without a word');
}

/** The same for an error of the file system met by ourselves. */
export function classifyError(error: unknown, folder: string): Faulted {
  return classify(error instanceof Error ? error.message : String(error), roomIn(folder));
}
