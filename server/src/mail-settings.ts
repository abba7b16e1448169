// What SMTP_URL says: where the mail server is, how it is spoken to, and in whose name.

export type MailSettings = {
  host: string;
  port: number;
  /** `implicit` and `required` never send a word of mail in the clear; `none` is for loopback or said outright. */
  tls: 'implicit' | 'required' | 'none';
  user: string | null;
  password: string;
  from: { name: string; address: string };
};

const forbidden = '\\s\\p{C}@<>()\\[\\]\\\\,;:"';
const address = new RegExp(
  `^[^${forbidden}.](?:[^${forbidden}]{0,62}[^${forbidden}.])?@(?=.{1,253}$)(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?\\.)*[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}-]{0,62}$`,
  'u',
);

/** True for exactly one plain address: no list, no display name, no comment, nothing that could open a header. */
export function isMailAddress(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 320 && address.test(text) && !text.includes('..');
}

/**
 * Reads SMTP_URL: `smtps://user:password@host:465`, or `smtp://…:587` with STARTTLS demanded unless the host is this
 * machine or the URL says `?tls=none`; `?from=` names the sender, which is otherwise latchkey@ the public host.
 */
export function readMailSettings(
  smtpUrl: string,
  publicUrl: string,
): { kind: 'ok'; settings: MailSettings } | { kind: 'faulty'; why: string } {
  const url = URL.parse(smtpUrl);
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname)
    return faulty('it is no smtp:// or smtps:// URL');
  const implicit = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const asked = url.searchParams.get('tls');
  if (asked !== null && asked !== 'none' && asked !== 'required')
    return faulty('tls= is neither none nor required');
  if (implicit && asked === 'none') return faulty('smtps:// and tls=none contradict each other');
  const plain = asked === 'none' || (asked === null && isLoopback(host));
  const from = readSender(url.searchParams.get('from') ?? `latchkey@${senderHost(publicUrl)}`);
  if (!from) return faulty('from= is no e-mail address');
  let user: string;
  let password: string;
  try {
    user = decodeURIComponent(url.username);
    password = decodeURIComponent(url.password);
  } catch {
    return faulty('the user or password has a % that is not followed by two hexadecimal digits');
  }
  return {
    kind: 'ok',
    settings: {
      host,
      port: Number(url.port) || (implicit ? 465 : 587),
      tls: implicit ? 'implicit' : plain ? 'none' : 'required',
      user: user || null,
      password,
      from,
    },
  };
}

function faulty(why: string) {
  return { kind: 'faulty' as const, why };
}

/** `Name <address>` or a bare address. */
function readSender(text: string): MailSettings['from'] | null {
  const [, name = '', inner] = /^([^<>"\p{C}]{0,80})<([^<>]+)>$/u.exec(text.trim()) ?? [];
  const found = (inner ?? text).trim();
  return isMailAddress(found) ? { name: name.trim() || 'Latchkey', address: found } : null;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The public host, or localhost where it is a bare IP address, which no address may end in. */
function senderHost(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return /^[\d.]+$|^\[/.test(hostname) ? 'localhost' : hostname;
}
