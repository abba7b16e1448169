// The names of our cookies.

/** `__Host-` binds a cookie to this host, to https and to the whole path. */
export function cookieNames(secure: boolean) {
  const prefix = secure ? '__Host-' : '';
  return { session: `${prefix}latchkey`, device: `${prefix}latchkey-device` };
}
