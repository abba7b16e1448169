// A passkey authenticator in software, for tests: makes and shows ES256 credentials as browsers hand them to a page.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

type Options = { challenge: string; rp?: { id?: string }; rpId?: string; user?: { id: string } };
type Quirks = { origin?: string; rpId?: string; flags?: number; counter?: number; type?: string };

const userPresent = 0x01;
const userVerified = 0x04;
const attested = 0x40;

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const base64 = (data: Buffer) => data.toString('base64url');

/** Just enough CBOR (RFC 8949): unsigned and negative numbers, bytes, text, maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number) =>
    n < 24
      ? Buffer.from([(major << 5) | n])
      : n < 256
        ? Buffer.from([(major << 5) | 24, n])
        : Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, pairs.length), ...pairs.flatMap(([k, v]) => [cbor(k), cbor(v)])]);
}

/** An authenticator with one credential; `counting` ones count their uses. */
export function authenticator(origin: string, { counting = true } = {}) {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counter = 0;
  let userHandle: string | undefined;

  const clientData = (type: string, challenge: string, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));
  const authData = (rpId: string, flags: number, count: number, more = Buffer.alloc(0)) => {
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(count);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counted, more]);
  };
  const wrap = (response: Record<string, unknown>) => ({
    id: base64(id),
    rawId: base64(id),
    type: 'public-key',
    response,
    clientExtensionResults: {},
  });

  return {
    id: base64(id),
    /** Answers `navigator.credentials.create`. */
    make: (options: Options, quirks: Quirks = {}) => {
      userHandle = options.user?.id;
      const jwk = keys.publicKey.export({ format: 'jwk' });
      const cose = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(jwk.x ?? '', 'base64url')],
        [-3, Buffer.from(jwk.y ?? '', 'base64url')],
      ]);
      const length = Buffer.from([0, id.length]);
      const credential = Buffer.concat([Buffer.alloc(16), length, id, cbor(cose)]);
      const flags = quirks.flags ?? userPresent | userVerified;
      const data = authData(quirks.rpId ?? options.rp?.id ?? '', flags | attested, 0, credential);
      const object = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data],
      ]);
      return wrap({
        clientDataJSON: base64(
          clientData(quirks.type ?? 'webauthn.create', options.challenge, quirks.origin ?? origin),
        ),
        attestationObject: base64(cbor(object)),
        transports: ['internal'],
      });
    },
    /** Answers `navigator.credentials.get`. */
    show: (options: Options, quirks: Quirks = {}) => {
      if (counting) counter++;
      const data = authData(
        quirks.rpId ?? options.rpId ?? '',
        quirks.flags ?? userPresent | userVerified,
        quirks.counter ?? counter,
      );
      const client = clientData(quirks.type ?? 'webauthn.get', options.challenge, quirks.origin ?? origin);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), keys.privateKey);
      return wrap({
        clientDataJSON: base64(client),
        authenticatorData: base64(data),
        signature: base64(signature),
        ...(userHandle ? { userHandle } : {}),
      });
    },
  };
}
