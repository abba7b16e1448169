// A permission in words, e.g. “export customers”.
import type { Translate } from '../words.ts';

const actions = ['read', 'create', 'update', 'delete', 'export', 'import', 'configure', 'help'];
const objects = ['customer', 'contact', 'activity', 'intake', 'person', 'lock', 'policy', 'audit', 'outbox'];

export function permissionWords(t: Translate, action: string, object: string): string {
  return t('permission', {
    action: actions.includes(action) ? t(`action.${action}`) : action,
    object: objects.includes(object) ? t(`object.${object}`) : object,
  });
}

/** The same for `action:object`. */
export function capabilityWords(t: Translate, capability: string): string {
  const [action = '', object = ''] = capability.split(':');
  return permissionWords(t, action, object);
}
