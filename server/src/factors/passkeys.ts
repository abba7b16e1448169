// Passkeys (WebAuthn): bound to the configured public address alone (L20), always with the user verified by the device.
import { isIP } from 'node:net';
import type { LaneKind } from '@latchkey/engine';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { moment, type World } from '../world.ts';
import * as challenges from './challenges.ts';
import { counted, type Found, type Tried } from './counted.ts';
import * as store from './store.ts';

export const mostPasskeys = 20;

// Loaded when first used: it is heavy, and a start must be quick.
const library = () => import('@simplewebauthn/server');

/** Origin and name that passkeys are bound to; null where browsers have none: a bare IP address, or no encryption. */
export function party(world: Pick<World, 'config'>): { id: string; origin: string } | null {
  const { hostname, origin, protocol } = new URL(world.config.url);
  if (isIP(hostname.replace(/^\[|\]$/g, ''))) return null;
  return protocol === 'https:' || hostname === 'localhost' ? { id: hostname, origin } : null;
}

export type Options = { flow: string; options: Record<string, unknown> };

/** What a browser needs to make a passkey; those the person has already are excluded. */
export async function beginEnrolment(
  world: World,
  me: { id: string; name: string; email: string; sessionId: string },
): Promise<Options | null> {
  const bound = party(world);
  if (!bound) return null;
  const { generateRegistrationOptions } = await library();
  const own = await store.factorsOf(world, me.id);
  const flow = challenges.seal(world, { purpose: 'enrol', session: me.sessionId, remember: false });
  const options = await generateRegistrationOptions({
    rpName: 'Latchkey',
    rpID: bound.id,
    userName: me.email,
    userDisplayName: me.name,
    userID: new Uint8Array(Buffer.from(me.id.replaceAll('-', ''), 'hex')),
    challenge: new Uint8Array(Buffer.from(flow, 'base64url')),
    timeout: challenges.challengeSeconds * 1_000,
    attestationType: 'none',
    excludeCredentials: own.flatMap(factor =>
      factor.credential_id ? [{ id: factor.credential_id, transports: factor.transports }] : [],
    ),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { flow, options: { ...options } };
}

/** Checks what the authenticator made and keeps it; the challenge is good once and in this session only. */
export async function enrol(
  world: World,
  me: { id: string; sessionId: string },
  input: { response: RegistrationResponseJSON; name: string },
  added: (tx: World, factor: { id: string; name: string }) => Promise<void>,
): Promise<{ kind: 'added'; id: string } | { kind: 'wrong' | 'dead' | 'known' }> {
  const bound = party(world);
  if (!bound) return { kind: 'wrong' };
  const { verifyRegistrationResponse } = await library();
  let sealed: string | null = null;
  const verified = await verifyRegistrationResponse({
    response: input.response,
    expectedChallenge: challenge => {
      sealed = challenges.open(world, challenge, { purpose: 'enrol', session: me.sessionId }) && challenge;
      return sealed !== null;
    },
    expectedOrigin: bound.origin,
    expectedRPID: bound.id,
    requireUserVerification: true,
    // The library throws for whatever is not as it should be; what came from outside is no fault of ours.
  }).catch(() => null);
  if (!verified?.verified || sealed === null) return { kind: 'wrong' };
  if (!(await challenges.spend(world, sealed))) return { kind: 'dead' };
  const { credential, credentialBackedUp } = verified.registrationInfo;
  const id = world.random.id();
  const at = moment(world);
  const kept = await store.insert(world, {
    workspace_id: world.workspaceId,
    id,
    person_id: me.id,
    kind: 'passkey',
    name: input.name,
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: [...(credential.transports ?? [])],
    backed_up: credentialBackedUp,
    created_at: at,
    confirmed_at: at,
  });
  if (!kept) return { kind: 'known' };
  await added(world, { id, name: input.name });
  return { kind: 'added', id };
}

/** What a browser needs to show a passkey; it names nobody, so that it tells strangers nothing. */
export async function beginProof(
  world: World,
  input: { purpose: 'sign-in' | 'confirm' | 'recovery'; session: string; remember: boolean },
): Promise<Options | null> {
  const bound = party(world);
  if (!bound) return null;
  const { generateAuthenticationOptions } = await library();
  const flow = challenges.seal(world, input);
  const options = await generateAuthenticationOptions({
    rpID: bound.id,
    challenge: new Uint8Array(Buffer.from(flow, 'base64url')),
    timeout: challenges.challengeSeconds * 1_000,
    userVerification: 'required',
  });
  return { flow, options: { ...options } };
}

export type PasskeyTried =
  | Exclude<Tried, { kind: 'right' }>
  | { kind: 'right'; personId: string; challenge: challenges.Challenge };

/**
 * Checks a passkey. Its lane is that of the credential, whose name nobody can guess: strangers cannot spend this way in,
 * however many they are. `fits` says whose passkeys will do, and whether what was begun then still counts (L12).
 */
export async function prove(
  world: World,
  input: {
    purpose: 'sign-in' | 'confirm' | 'recovery';
    session: string;
    response: AuthenticationResponseJSON;
    /** Where it comes from: what pays for credentials that are nobody's, or a stranger could make lanes without end. */
    source: string;
    by: (personId: string | null) => Promise<LaneKind>;
    fits: (personId: string, challenge: challenges.Challenge & { sealed: string }) => Promise<boolean>;
    used: (tx: World, factor: { id: string; name: string; personId: string }) => Promise<void>;
    wentBack: (tx: World, factor: { id: string; name: string; personId: string }) => Promise<void>;
  },
): Promise<PasskeyTried> {
  const { response } = input;
  const bound = party(world);
  if (!bound) return { kind: 'wrong' };
  const { verifyAuthenticationResponse } = await library();
  const factor = await store.byCredential(world, response.id);
  const by = await input.by(factor?.person_id ?? null);
  let challenge: challenges.Challenge | null = null;
  let sealed = '';
  const whose = factor ? response.id : `nobody ${input.source}`;
  const lane = { kind: 'passkey', by, whose } as const;
  const tried = await counted(world, lane, async (): Promise<Found | 'dead' | null> => {
    if (!factor?.public_key) return null;
    const verified = await verifyAuthenticationResponse({
      response,
      expectedChallenge: given => {
        challenge = challenges.open(world, given, input);
        sealed = given;
        return challenge !== null;
      },
      expectedOrigin: bound.origin,
      expectedRPID: bound.id,
      // The count of uses is held against the row itself, by the statement that moves it.
      credential: { id: response.id, publicKey: new Uint8Array(factor.public_key), counter: 0 },
      requireUserVerification: true,
    }).catch(() => null);
    if (!verified?.verified || !challenge) return null;
    if (!(await input.fits(factor.person_id, { ...(challenge as challenges.Challenge), sealed })))
      return 'dead';
    const { newCounter: counter, credentialBackedUp: backedUp } = verified.authenticationInfo;
    const { person_id: personId, id, name } = factor;
    const take = async (tx: World) => {
      if (!(await challenges.spend(tx, sealed))) return false;
      const mine = await store.takeCount(tx, id, { counter, backedUp, at: moment(tx) });
      await (mine ? input.used : input.wentBack)(tx, { id, name, personId });
      return mine;
    };
    return { personId, take };
  });
  if (tried.kind !== 'right') return tried;
  return challenge ? { ...tried, challenge } : { kind: 'dead' };
}
