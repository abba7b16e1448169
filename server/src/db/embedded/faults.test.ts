// The words of PostgreSQL and of the system, read as faults.
import { describe, expect, test } from 'vitest';
import { classify } from './faults.ts';

const roomy = 10 ** 10;
const kindOf = (output: string, room: number | null = roomy) => classify(output, room).fault.kind;

describe('what a failed start says', () => {
  test('a full disk is recognised by its words, in initdb, in the lock file and in the write-ahead log', () => {
    expect(kindOf('FATAL:  could not write to file "base/4/1249": No space left on device')).toBe(
      'disk-full',
    );
    expect(kindOf('FATAL:  could not write lock file "postmaster.pid": No space left on device')).toBe(
      'disk-full',
    );
    expect(kindOf('PANIC:  could not write to file "pg_wal/xlogtemp.9": No space left on device')).toBe(
      'disk-full',
    );
    expect(kindOf('ENOSPC: no space left on device, write')).toBe('disk-full');
    expect(kindOf('could not extend file: Disk quota exceeded')).toBe('disk-full');
  });

  test('a full disk is recognised without words, when even the log could not be written', () => {
    expect(kindOf('', 4096)).toBe('disk-full');
    expect(kindOf('', null)).toBe('did-not-start');
  });

  test('exhausted shared memory also says "no space", yet is not the disk', () => {
    expect(kindOf('FATAL:  could not create shared memory segment: No space left on device')).toBe(
      'did-not-start',
    );
    expect(kindOf('FATAL:  could not create semaphores: No space left on device')).toBe('did-not-start');
  });

  test('missing rights and read-only disks are not-writable', () => {
    expect(kindOf('could not change permissions of directory: Operation not permitted')).toBe('not-writable');
    expect(kindOf("EROFS: read-only file system, mkdir '/srv/data'")).toBe('not-writable');
    expect(kindOf('FATAL: could not open "x": Permission denied')).toBe('not-writable');
  });

  test('the detail keeps the telling lines and leaves the chatter', () => {
    const { fault } = classify(
      'ok\ncreating directory ... ok\nFATAL:  bogus setting\nHINT:  remove it\n',
      roomy,
    );
    expect(fault).toEqual({ kind: 'did-not-start', detail: 'FATAL:  bogus setting | HINT:  remove it' });
  });
});
