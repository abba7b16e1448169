// Where a request comes from: address behind trusted proxies, language, browser secret.
import { hash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { Language } from '../problems.ts';

/**
 * The client's address. No header is believed unless the connection itself comes from a trusted proxy; then the
 * X-Forwarded-For chain is walked from the right until the first address that is not one (L8).
 */
export function addressReader(trusted: string[]) {
  const proxies = new BlockList();
  for (const range of trusted) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    proxies.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  const isProxy = (address: string) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (peer: string | undefined, forwarded: string | null | undefined): string => {
    let address = plainAddress(peer ?? '') ?? '0.0.0.0';
    if (trusted.length === 0 || !forwarded) return address;
    const chain = forwarded.split(',');
    while (chain.length > 0 && isProxy(address)) {
      const next = plainAddress(chain.pop() ?? '');
      if (next === null) break;
      address = next;
    }
    return address;
  };
}

/** An IP address without port, zone or IPv4-in-IPv6 wrapping; null for anything else. */
export function plainAddress(text: string): string | null {
  let address = text.trim().toLowerCase();
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(address);
  if (bracketed?.[1]) address = bracketed[1];
  else if (/^\d+\.\d+\.\d+\.\d+:\d+$/.test(address)) address = address.slice(0, address.lastIndexOf(':'));
  const zone = address.indexOf('%');
  if (zone > 0) address = address.slice(0, zone);
  if (address.startsWith('::ffff:') && isIP(address.slice(7)) === 4) address = address.slice(7);
  return isIP(address) === 0 ? null : address;
}

/** The network that counts as one source: an IPv4 address itself, an IPv6 /64 (L8). */
export function sourceOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = address.includes('::')
    ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
    : left;
  return `${groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** The first of Accept-Language that is offered; English for none. */
export function languageOf(header: string | null | undefined): Language {
  if (!header) return 'en';
  let best: { language: Language; weight: number } | null = null;
  for (const part of header.split(',', 20)) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.map(p => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean);
    const weight = q === undefined ? 1 : Number(q);
    const language = /^zh\b/.test(tag) ? 'zh-CN' : /^en\b/.test(tag) ? 'en' : null;
    if (language && weight > 0 && (!best || weight > best.weight)) best = { language, weight };
  }
  return best?.language ?? 'en';
}

/** One cookie out of a Cookie header; the first of that name. */
export function cookieIn(header: string | null | undefined, name: string): string | null {
  if (!header) return null;
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return null;
}

/** How a browser secret is remembered: never itself. */
export function browserHash(secret: string | null): Buffer | null {
  return secret && /^[\w-]{43}$/.test(secret) ? hash('sha256', secret, 'buffer') : null;
}
