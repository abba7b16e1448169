// What holds in tickets: who may vouch for whom, what follows what, what counts as a picture. Pure.
import type { TicketState } from '../db/support-tables.ts';
import { capabilities, far, type Grant, type Hand, may, type Role, type RolePolicy } from '../permissions.ts';

/** What vouching goes by. */
export type Colleague = {
  id: string;
  role: Role;
  team_id: string | null;
  state: string;
  grants?: readonly Grant[];
  policy?: RolePolicy;
};

/** Whether somebody may do nothing that the other may not do as far. */
export function hasNoMoreRights(one: Hand, other: Hand): boolean {
  return capabilities(one).every(word => {
    const [action, object] = word.split(':') as [Parameters<typeof may>[1], Parameters<typeof may>[2]];
    return far.indexOf(may(one, action, object)) <= far.indexOf(may(other, action, object));
  });
}

/** How many vouchers it takes: one superior, or so many peers. */
export const peersNeeded = 2;

/**
 * As what somebody may vouch for a person, or null. The manager of the person's team vouches alone; peers of the same
 * team need a strong factor and there have to be two. Nobody vouches for himself or for somebody with more rights.
 */
export function mayVouch(
  voucher: Colleague & { strong: boolean },
  person: Colleague,
): 'superior' | 'peer' | null {
  if (voucher.id === person.id || voucher.state !== 'active' || person.state === 'suspended') return null;
  if (voucher.team_id !== person.team_id || !hasNoMoreRights(person, voucher)) return null;
  if (voucher.role === 'manager' && person.role !== 'manager' && voucher.team_id !== null) return 'superior';
  return voucher.strong ? 'peer' : null;
}

/** Whether these vouches prove somebody. */
export function vouchesSuffice(vouches: readonly { as_role: 'superior' | 'peer' }[]): boolean {
  return vouches.some(one => one.as_role === 'superior') || vouches.length >= peersNeeded;
}

/** How long a proof of identity is worth something, and how long vouching stays open. */
export const provenMs = 24 * 3_600_000;

/** The state after its author has written; a closed ticket takes no more words. */
export function afterAuthor(state: TicketState): TicketState | null {
  return state === 'closed' ? null : 'open';
}

/** Whether its author may bring it into that state: close it, or say that it is not solved. */
export function authorMay(from: TicketState, to: TicketState): boolean {
  if (to === 'closed') return from !== 'closed';
  return to === 'open' && from === 'solved';
}

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp';

const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const pngEnd = Buffer.from('IEND');

/** What a file is by its own bytes, whatever it is called; null for all but whole PNG, JPEG and WebP pictures. */
export function pictureType(bytes: Buffer): PictureType | null {
  if (bytes.length < 32) return null;
  if (bytes.subarray(0, 8).equals(pngHead)) {
    const whole = bytes.subarray(12, 16).toString('latin1') === 'IHDR';
    return whole && bytes.subarray(-8, -4).equals(pngEnd) ? 'image/png' : null;
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff)
    return bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9 ? 'image/jpeg' : null;
  const riff = bytes.subarray(0, 4).toString('latin1') + bytes.subarray(8, 12).toString('latin1');
  if (riff !== 'RIFFWEBP') return null;
  const size = bytes.readUInt32LE(4) + 8;
  return size === bytes.length || size + 1 === bytes.length ? 'image/webp' : null;
}

export const extensions: Record<PictureType, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};
