// Proving oneself by a factor: the same for the door and for a session that asks again; each use stands in the journal.
import type { LaneKind } from '@latchkey/engine';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import * as devices from '../devices/devices.ts';
import { sourceOf } from '../edge/visitor.ts';
import type { Visitor } from '../http.ts';
import * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';
import type { Challenge } from './challenges.ts';
import { nobody, type Tried } from './counted.ts';
import { type By, note, tellCodeUsed } from './notices.ts';
import * as passkeys from './passkeys.ts';
import * as recoveryCodes from './recovery-codes.ts';
import * as totp from './totp.ts';

/** Tries a typed factor, for whoever the name belongs to or for nobody: the same work, the same answers (L10). */
export async function prove(
  world: World,
  visitor: Visitor,
  input: {
    person: Pick<staff.Person, 'id' | 'name'> | undefined;
    /** The normalised name, whose lane pays. */
    name: string;
    by: LaneKind;
    kind: 'totp' | 'recovery-code';
    code: string;
    /** Whether a right code may be used now; else it is told dead and stays unused (L12). */
    fits?: () => Promise<boolean>;
  },
): Promise<Tried> {
  const { person, kind } = input;
  const by: By = { me: person ?? null, visitor };
  const { name, by: lane, code, fits = async () => true } = input;
  const given = { personId: person?.id ?? null, name, by: lane, code, fits };
  const tried =
    kind === 'totp'
      ? await totp.prove(world, given, (tx, factor) =>
          note(tx, 'use', person?.id ?? '', { kind, id: factor.id, name: factor.name }, by),
        )
      : await recoveryCodes.prove(world, given, async (tx, left) => {
          const personId = person?.id ?? '';
          await note(tx, 'use', personId, { kind, left }, by);
          await tellCodeUsed(tx, personId, { left, visitor });
        });
  // For nobody as well, since the time that it takes would tell.
  if (tried.kind === 'wrong')
    await note(world, 'refuse', person?.id ?? nobody, { kind }, { me: null, visitor });
  return tried;
}

/** Checks a passkey at the door or in a session; `fits` says whether its person and its moment will do. */
export async function provePasskey(
  world: World,
  visitor: Visitor,
  input: {
    purpose: 'sign-in' | 'confirm' | 'recovery';
    session: string;
    response: AuthenticationResponseJSON;
    fits: (personId: string, challenge: Challenge & { sealed: string }) => Promise<boolean>;
  },
): Promise<passkeys.PasskeyTried> {
  const { purpose, session, response } = input;
  const kind = 'passkey' as const;
  return passkeys.prove(world, {
    purpose,
    session,
    response,
    source: sourceOf(visitor.address),
    by: async personId =>
      personId && (await devices.recognise(world, personId, visitor.browser)) ? 'knownDevice' : 'strangers',
    fits: input.fits,
    used: async (tx, { id, name, personId }) => {
      const person = await staff.byId(tx, personId);
      await note(tx, 'use', personId, { kind, id, name }, { me: person ?? null, visitor });
    },
    wentBack: async (tx, { id, personId }) => {
      tx.log.warn({ factor: id }, 'a passkey counts fewer uses than before: it may have been copied');
      await note(tx, 'refuse', personId, { kind, id, why: 'counter' }, { me: null, visitor });
    },
  });
}
