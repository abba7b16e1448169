// The server's faults of a form, by field, in the reader's words.
import { Problem } from '../problem.ts';
import type { Translate } from '../words.ts';

const told = new Set(['email', 'phone', 'website', 'name', 'nextFollowUpAt', 'tags', 'ownerId', 'remark']);

/** `{field: words}` of a 422; empty for every other error. */
export function serverFaults(error: unknown, t: Translate): Record<string, string> {
  if (!(error instanceof Problem) || error.code !== 'invalid') return {};
  const { faults } = error.members;
  if (!Array.isArray(faults)) return {};
  const byField: Record<string, string> = {};
  for (const fault of faults as { path?: unknown; message?: unknown }[]) {
    const field = String(fault.path ?? '').split('.')[0] ?? '';
    const message = String(fault.message ?? '');
    byField[field] =
      told.has(field) && !/too (big|long)|<=/i.test(message) ? t('fault.wrong') : t('fault.long');
  }
  return byField;
}
