// Who may do what to which objects, and how far it reaches; the one question every route asks.

export type Role = 'administrator' | 'manager' | 'rep' | 'auditor';
export type Action = 'read' | 'create' | 'update' | 'delete' | 'export' | 'import' | 'configure' | 'help';
export type ObjectType =
  | 'customer'
  | 'contact'
  | 'activity'
  | 'deal'
  | 'person'
  | 'lock'
  | 'policy'
  | 'audit'
  | 'outbox'
  | 'intake'
  | 'ticket';
export type Reach = 'none' | 'own' | 'team' | 'all';

type Rules = Partial<Record<ObjectType, Partial<Record<Action, Reach>>>>;

const crm = (reach: Reach): Rules => {
  const actions = { read: reach, create: reach, update: reach, delete: reach, export: reach, import: reach };
  return { customer: actions, contact: actions, activity: actions, deal: actions };
};

const rules: Record<Role, Rules> = {
  administrator: {
    ...crm('all'),
    deal: { ...crm('all').deal, configure: 'all' },
    person: { read: 'all', create: 'all', update: 'all', help: 'all' },
    lock: { read: 'all', help: 'all' },
    policy: { read: 'all', configure: 'all' },
    audit: { read: 'all', export: 'all' },
    outbox: { read: 'all' },
    ticket: { read: 'all', update: 'all' },
    intake: { read: 'all', create: 'all', update: 'all', delete: 'all', configure: 'all' },
  },
  manager: { ...crm('team'), person: { read: 'all' }, intake: { read: 'team', update: 'team' } },
  rep: { ...crm('own'), person: { read: 'all' } },
  auditor: {
    customer: { read: 'all', export: 'all' },
    contact: { read: 'all', export: 'all' },
    activity: { read: 'all', export: 'all' },
    deal: { read: 'all', export: 'all' },
    person: { read: 'all' },
    lock: { read: 'all' },
    policy: { read: 'all' },
    intake: { read: 'all' },
    audit: { read: 'all', export: 'all' },
  },
};

/** What one person may do beyond the role. */
export type Grant = { action: Action; object: ObjectType; reach: Exclude<Reach, 'none'> };

const far: Reach[] = ['none', 'own', 'team', 'all'];

/** How far `person` may do `action` to objects of that type; `none` means not at all. */
export function may(
  person: { role: Role; grants?: readonly Grant[] },
  action: Action,
  object: ObjectType,
): Reach {
  const byRole = rules[person.role][object]?.[action] ?? 'none';
  if (!person.grants) return byRole;
  const granted = person.grants.find(grant => grant.action === action && grant.object === object);
  return granted && far.indexOf(granted.reach) > far.indexOf(byRole) ? granted.reach : byRole;
}

const records: ObjectType[] = ['customer', 'contact', 'activity', 'deal'];

/**
 * What may be given to one person: work with records, and looking. What makes an administrator comes with the role
 * alone, as helping such an account takes a second approver, who goes by the role; the outbox holds codes.
 */
const grantable: Partial<Record<ObjectType, Action[]>> = {
  ...Object.fromEntries(
    records.map(object => [object, ['read', 'create', 'update', 'delete', 'export', 'import']]),
  ),
  intake: ['read', 'create', 'update', 'delete', 'configure'],
  person: ['read'],
  lock: ['read'],
  policy: ['read'],
  audit: ['read', 'export'],
};

/** Whether this may be given to one person. */
export function isGrantable(action: string, object: string): boolean {
  return (grantable[object as ObjectType] ?? []).includes(action as Action);
}

/** How far a permission given to one person reaches unless said otherwise: a step beyond what he has. */
export function nextReach(person: { role: Role }, action: Action, object: ObjectType): Grant['reach'] {
  if (!records.includes(object)) return 'all';
  const has = may(person, action, object);
  if (has === 'none') {
    const sees = may(person, 'read', object);
    return sees === 'none' ? 'own' : sees;
  }
  return has === 'own' ? 'team' : 'all';
}

/** Everything a person may do, as `action:object` words for pages to show or hide what they offer. */
export function capabilities(person: { role: Role; grants?: readonly Grant[] }): string[] {
  const own = words[person.role];
  if (!person.grants) return own;
  return [...new Set([...own, ...person.grants.map(grant => `${grant.action}:${grant.object}`)])];
}

const words = Object.fromEntries(
  Object.entries(rules).map(([role, objects]) => [
    role,
    Object.entries(objects).flatMap(([object, actions]) =>
      Object.entries(actions).flatMap(([action, reach]) => (reach === 'none' ? [] : [`${action}:${object}`])),
    ),
  ]),
) as Record<Role, string[]>;
