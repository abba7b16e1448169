// Where tests keep what they throw away: in memory where there is plenty, as disks differ by a factor of ten.
import { existsSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';

const memory = '/dev/shm';
const plenty = 6 * 1024 ** 3;

function roomyMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= plenty && freemem() >= plenty;
  } catch {
    return false;
  }
}

/** The folder in which to make throw-away folders now. */
export const throwAwayPlace = (): string => (roomyMemory() ? memory : tmpdir());

/** Every folder in which an earlier run may have made one. */
export const throwAwayPlaces = (): string[] => [memory, tmpdir()].filter(existsSync);
