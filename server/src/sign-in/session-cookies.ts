// The cookies that a browser keeps: the session's token and the secret that makes it a known device.
import type { Config } from '../config.ts';
import { cookieNames, sessionCookie } from '../cookies.ts';

const deviceDays = 400; // the longest that browsers keep a cookie (RFC 6265bis 5.5)

/** `Set-Cookie` values; a device that was known already keeps its secret. */
export function sessionCookies(
  config: Config,
  opened: { token?: string; maxAge?: number | null; browserSecret: string | null },
): string[] {
  const names = cookieNames(config.secure);
  const common = `Path=/; HttpOnly; SameSite=Lax${config.secure ? '; Secure' : ''}`;
  const cookies: string[] = [];
  if (opened.token) cookies.push(sessionCookie(config, opened.token, opened.maxAge ?? null));
  if (opened.browserSecret)
    cookies.push(`${names.device}=${opened.browserSecret}; ${common}; Max-Age=${deviceDays * 86_400}`);
  return cookies;
}
