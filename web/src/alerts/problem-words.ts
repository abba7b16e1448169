// Why a delivery went wrong, in words; what the server says beyond its codes is shown as it stands.
import type { Translate } from '../words.ts';

const known = [
  'timeout',
  'own-network',
  'forbidden',
  'plain-http',
  'no-such-host',
  'connection',
  'redirected',
  'status',
  'refused',
  'sealed',
  'inactive',
];

/** `status: 503` → "it answered with status 503". */
export function problemWords(problem: string, t: Translate): string {
  const [code = '', ...rest] = problem.split(':');
  const detail = rest.join(':').trim() || code;
  return known.includes(code) ? t(`problem.${code}`, { detail }) : t('problem.other', { detail: problem });
}
