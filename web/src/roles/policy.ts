// A role's policy as the pages hold it: in what order it is shown and how it is told in a sentence.
import type { Calls } from '../calls.ts';
import type { Translate } from '../words.ts';

export type RoleItem = Calls['GET /roles']['reply']['items'][number];
export type Reach = 'none' | 'own' | 'team' | 'all';
export type Policy = Pick<RoleItem, 'rules' | 'fields'>;

const objects = [
  'customer',
  'contact',
  'lead',
  'deal',
  'activity',
  'order',
  'product',
  'task',
  'intake',
  'audit',
  'lock',
  'policy',
];
const actions = ['read', 'create', 'update', 'delete', 'export', 'import', 'configure'];
const reaches: Reach[] = ['all', 'team', 'own', 'none'];

/** Kinds of record whose permissions the role may be given, in the order of the page. */
export const objectsOf = (role: RoleItem) => objects.filter(object => role.choices[object]);

/** The actions that may be set for one of them. */
export const actionsOf = (role: RoleItem, object: string) =>
  actions.filter(action => role.choices[object]?.[action]);

/** How a role is called. */
export const nameOf = (role: Pick<RoleItem, 'name' | 'base'>, t: Translate) =>
  role.name ?? t(`role.${role.base}`);

/** One sentence: what may be done, the furthest reach first. */
export function sentenceOf(role: RoleItem, rules: Policy['rules'], object: string, t: Translate): string {
  const able = actionsOf(role, object);
  const parts = reaches.flatMap(reach => {
    const named = able.filter(action => (rules[object]?.[action] ?? 'none') === reach);
    if (named.length === 0) return [];
    if (reach === 'none' && named.length === able.length) return [t('nothing')];
    const words = named.map(action => t(`action.${action}`).toLowerCase()).join(t('list-join'));
    return [t(`may.${reach}`, { what: words })];
  });
  return parts.join(t('part-join'));
}

/** The name of a field; a workspace's own by its key. */
export const fieldName = (field: string, t: Translate, own: Record<string, string> = {}) =>
  field.startsWith('custom.') ? (own[field] ?? field.slice('custom.'.length)) : t(`field.${field}`);

/** Which fields are hidden or fixed, in words. */
export function fieldsSentence(
  fields: Record<string, string> | undefined,
  t: Translate,
  own?: Record<string, string>,
): string {
  const of = (rule: 'hidden' | 'read') =>
    Object.keys(fields ?? {})
      .filter(field => fields?.[field] === rule)
      .map(field => fieldName(field, t, own))
      .join(t('list-join'));
  const [hidden, read] = [of('hidden'), of('read')];
  const parts = [
    ...(hidden ? [t('fields.hidden', { what: hidden })] : []),
    ...(read ? [t('fields.read', { what: read })] : []),
  ];
  return parts.length > 0 ? parts.join(t('part-join')) : t('fields.none');
}

/** The policy with one permission set; what depends on seeing is drawn in with it. */
export function withReach(policy: Policy, object: string, action: string, reach: Reach): Policy {
  const of = { ...policy.rules[object], [action]: reach };
  const far = (one: string) => reaches.indexOf((of[one] ?? 'none') as Reach);
  if (action === 'read')
    for (const other of ['update', 'delete', 'export'])
      if (of[other] && far(other) < far('read')) of[other] = reach;
  if (['update', 'delete', 'export'].includes(action) && far(action) < far('read')) of.read = reach;
  return { ...policy, rules: { ...policy.rules, [object]: of } };
}

/** The policy with the rule of one field set, or taken away. */
export function withRule(policy: Policy, object: string, field: string, rule: string): Policy {
  const { [field]: _, ...others } = policy.fields[object] ?? {};
  const of =
    rule === 'hidden' || rule === 'read' ? { ...others, [field]: rule as 'hidden' | 'read' } : others;
  return { ...policy, fields: { ...policy.fields, [object]: of } };
}
