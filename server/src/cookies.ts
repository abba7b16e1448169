// The names of our cookies, and how the session's is written.
import type { Config } from './config.ts';

/** `__Host-` binds a cookie to this host, to https and to the whole path. */
export function cookieNames(secure: boolean) {
  const prefix = secure ? '__Host-' : '';
  return { session: `${prefix}latchkey`, device: `${prefix}latchkey-device` };
}

/** The `Set-Cookie` value of a session; `maxAge` in seconds, null for one that goes with the browser's window. */
export function sessionCookie(config: Config, token: string, maxAge: number | null): string {
  const name = cookieNames(config.secure).session;
  const life = maxAge ? `; Max-Age=${maxAge}` : '';
  return `${name}=${token}; Path=/; HttpOnly; SameSite=Lax${config.secure ? '; Secure' : ''}${life}`;
}
