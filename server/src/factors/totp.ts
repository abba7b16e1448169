// Authenticator apps: time-based one-time codes (RFC 6238), SHA-1, six digits, thirty seconds, which every app can do.
import type { LaneKind } from '@latchkey/engine';
import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';
import { iso, moment, type World } from '../world.ts';
import { counted, type Found, nobody, type Tried } from './counted.ts';
import * as store from './store.ts';

const period = 30;
/** One step of drift to either side (RFC 6238 5.2). */
const drift = 1;
const secretBytes = 20;
const beginMs = 30 * 60_000;
export const mostAuthenticators = 5;

const generator = (secret: Secret, label = '') =>
  new TOTP({ issuer: 'Latchkey', label, algorithm: 'SHA1', digits: 6, period, secret });

/** A secret drawn for somebody who is not there, so that looking for him costs the same. */
const decoy = new Secret({ buffer: new Uint8Array(secretBytes).fill(7).buffer });

export type Begun = { secret: string; uri: string; svg: string };

/** Draws a secret for a new authenticator; it counts once {@link confirm} has seen a right code of it. */
export async function begin(world: World, person: { id: string; email: string }): Promise<Begun> {
  const secret = new Secret({ buffer: new Uint8Array(world.random.bytes(secretBytes)).buffer });
  await store.begin(world, {
    workspace_id: world.workspaceId,
    id: world.random.id(),
    person_id: person.id,
    kind: 'totp',
    name: '',
    secret: world.secrets.seal('factor', secret.base32),
    created_at: moment(world),
  });
  const uri = generator(secret, person.email).toString();
  return { secret: secret.base32, uri, svg: renderSVG(uri, { ecc: 'M', border: 2 }) };
}

/** Confirms the authenticator that was begun; the step of the code is taken with it, so that it opens nothing else. */
export async function confirm(
  world: World,
  input: { personId: string; code: string; name: string },
  added: (tx: World, factor: { id: string; name: string }) => Promise<void>,
): Promise<Tried> {
  const { personId, name } = input;
  return counted(world, { kind: 'totp', by: 'knownDevice', whose: `enrol ${personId}` }, async () => {
    const begun = await store.begunSince(world, personId, iso(world.now() - beginMs));
    if (!begun) return 'dead';
    const step = stepOf(world, begun, input.code);
    if (step === null) return null;
    const take = async (tx: World) => {
      const mine = await store.confirm(tx, begun.id, { name, step, at: moment(tx) });
      if (mine) await added(tx, { id: begun.id, name });
      return mine;
    };
    return { personId, take };
  });
}

/** Tries a code of any of the person's authenticators; each step is taken once, drift or not (L24). */
export async function prove(
  world: World,
  input: {
    personId: string | null;
    name: string;
    by: LaneKind;
    code: string;
    fits: () => Promise<boolean>;
  },
  used: (tx: World, factor: { id: string; name: string }) => Promise<void>,
): Promise<Tried> {
  return counted(world, { kind: 'totp', by: input.by, whose: input.name }, async () => {
    const own = await store.factorsOf(world, input.personId ?? nobody);
    const authenticators = own.filter(factor => factor.kind === 'totp');
    let found: Found | null = null;
    if (authenticators.length === 0) matching(world, decoy, input.code);
    for (const factor of authenticators) {
      const step = stepOf(world, factor, input.code);
      if (step === null || found) continue;
      const take = async (tx: World) => {
        const mine = await store.takeStep(tx, factor.id, step, moment(tx));
        if (mine) await used(tx, factor);
        return mine;
      };
      found = { personId: factor.person_id, take };
    }
    return found && !(await input.fits()) ? 'dead' : found;
  });
}

function stepOf(world: World, factor: store.FactorRow, code: string): number | null {
  const secret = world.secrets.open('factor', factor.secret ?? '');
  return secret === null ? null : matching(world, Secret.fromBase32(secret), code);
}

/** The step whose code this is, within the drift; null for none. */
function matching(world: World, secret: Secret, typed: string): number | null {
  const token = typed.normalize('NFKC').replace(/\s/g, '');
  const timestamp = world.now();
  const delta = generator(secret).validate({ token, timestamp, window: drift });
  return delta === null ? null : Math.floor(timestamp / 1_000 / period) + delta;
}
