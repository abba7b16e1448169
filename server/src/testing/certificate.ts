// A self-signed certificate for 127.0.0.1, made on the spot (RFC 5280), so that no key lies in the repository.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const long = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...(body.length < 128 ? [body.length] : long)]), body]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const bytes = (...values: number[]) => Buffer.from(values);
const bits = (content: Buffer) => der(0x03, bytes(0), content);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const time = (ms: number) =>
  der(0x17, Buffer.from(new Date(ms).toISOString().replace(/^20|[-:T]|\.\d+/g, '')));

/** Key and certificate as PEM, valid for an hour either way. */
export function makeCertificate(now = Date.now()): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('latchkey test')))));
  const addresses = sequence(der(0x87, bytes(127, 0, 0, 1)), der(0x82, Buffer.from('localhost')));
  const extension = (id: string, value: Buffer) => sequence(oid(id), der(0x04, value));
  const content = sequence(
    der(0xa0, der(0x02, bytes(2))), // version 3
    der(0x02, Buffer.concat([bytes(1), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(now - 3_600_000), time(now + 3_600_000)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(extension('551d11', addresses), extension('551d13', sequence(der(0x01, bytes(255)))))),
  );
  const certificate = sequence(content, ecdsaWithSha256, bits(sign('sha256', content, privateKey)));
  const lines = certificate.toString('base64').replace(/(.{64})(?=.)/g, '$1\n');
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
