// Where a webhook may lead: never to link-local or metadata addresses, into the own network only when it says so.
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export type Zone = 'public' | 'own' | 'never';
export type UrlFault = 'no-url' | 'has-credentials' | 'plain-http' | 'own-network' | 'forbidden';

const never = new BlockList();
const own = new BlockList();

// Ranges by the registries of RFC 6890; addresses at which clouds hand out credentials to whoever asks.
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  never.addSubnet(net, bits, 'ipv4');
for (const address of ['100.100.100.200', '168.63.129.16', '192.0.0.192']) never.addAddress(address, 'ipv4');
for (const [net, bits] of [
  ['::', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['64:ff9b::', 96], // these four carry an IPv4 address that would not be looked at
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
] as const)
  never.addSubnet(net, bits, 'ipv6');
for (const address of ['fd00:ec2::254', 'fd20:ce::254']) never.addAddress(address, 'ipv6');

for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
] as const)
  own.addSubnet(net, bits, 'ipv4');
own.addAddress('::1', 'ipv6');
own.addSubnet('fc00::', 7, 'ipv6');

/** Which zone an IP address lies in; what is no address is `never`. */
export function zoneOf(address: string): Zone {
  const plain = address.split('%')[0] ?? '';
  const mapped = mappedV4(plain);
  if (mapped) return zoneOf(mapped);
  const version = isIP(plain);
  if (version === 0) return 'never';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (never.check(plain, family)) return 'never';
  return own.check(plain, family) ? 'own' : 'public';
}

/** The IPv4 address within `::ffff:0:0/96` or the old `::/96`, as URL spells it; null for any other. */
function mappedV4(address: string): string | null {
  if (isIP(address) !== 6) return null;
  const spelt = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? '';
  const found = /^::(?:ffff:)?([\da-f]{1,4}):([\da-f]{1,4})$/.exec(spelt);
  if (!found) return null;
  const [high, low] = [Number.parseInt(found[1] ?? '', 16), Number.parseInt(found[2] ?? '', 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** The host of a URL without the brackets of IPv6. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** What is wrong with a webhook's address as far as it shows without asking the network; null when nothing is. */
export function urlFault(text: string, ownNetwork: boolean): UrlFault | null {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return 'no-url';
  if (url.username !== '' || url.password !== '') return 'has-credentials';
  if (url.protocol === 'http:' && !ownNetwork) return 'plain-http';
  const host = hostOf(url);
  return isIP(host) === 0 ? null : zoneFault(host, ownNetwork);
}

function zoneFault(address: string, ownNetwork: boolean): 'own-network' | 'forbidden' | null {
  const zone = zoneOf(address);
  if (zone === 'never') return 'forbidden';
  return zone === 'own' && !ownNetwork ? 'own-network' : null;
}

/** Why a connection was not made. */
export class Forbidden extends Error {
  readonly fault: 'own-network' | 'forbidden';
  constructor(fault: 'own-network' | 'forbidden') {
    super(fault);
    this.fault = fault;
  }
}

/**
 * A lookup for `node:http` that gives no address which may not be connected to. It is asked for the very connection,
 * so a name that is answered differently a second time gains nothing; one bad address among good ones spoils the name.
 */
export function guardedLookup(ownNetwork: boolean, ask: LookupFunction = systemLookup): LookupFunction {
  return (hostname, options, done) => {
    ask(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
      for (const { address } of addresses) {
        const fault = zoneFault(address, ownNetwork);
        if (fault) return done(new Forbidden(fault), '', 0);
      }
      const [first] = addresses;
      if (!first) return done(new Error('the name has no address'), '', 0);
      if (options.all) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  };
}
