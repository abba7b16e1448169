// Who may do what to which objects, and how far it reaches; the one question every route asks.

export type Role = 'administrator' | 'manager' | 'rep' | 'auditor';
export type Action = 'read' | 'create' | 'update' | 'delete' | 'export' | 'import' | 'configure' | 'help';
export type ObjectType =
  | 'customer'
  | 'contact'
  | 'activity'
  | 'person'
  | 'lock'
  | 'policy'
  | 'audit'
  | 'outbox'
  | 'intake';
export type Reach = 'none' | 'own' | 'team' | 'all';

type Rules = Partial<Record<ObjectType, Partial<Record<Action, Reach>>>>;

const crm = (reach: Reach): Rules => {
  const actions = { read: reach, create: reach, update: reach, delete: reach, export: reach, import: reach };
  return { customer: actions, contact: actions, activity: actions };
};

const rules: Record<Role, Rules> = {
  administrator: {
    ...crm('all'),
    person: { read: 'all', create: 'all', update: 'all', help: 'all' },
    lock: { read: 'all', help: 'all' },
    policy: { read: 'all', configure: 'all' },
    audit: { read: 'all', export: 'all' },
    outbox: { read: 'all' },
    intake: { read: 'all', create: 'all', update: 'all', delete: 'all', configure: 'all' },
  },
  manager: { ...crm('team'), person: { read: 'all' }, intake: { read: 'team', update: 'team' } },
  rep: { ...crm('own'), person: { read: 'all' } },
  auditor: {
    customer: { read: 'all', export: 'all' },
    contact: { read: 'all', export: 'all' },
    activity: { read: 'all', export: 'all' },
    person: { read: 'all' },
    lock: { read: 'all' },
    policy: { read: 'all' },
    intake: { read: 'all' },
    audit: { read: 'all', export: 'all' },
  },
};

/** How far `person` may do `action` to objects of that type; `none` means not at all. */
export function may(person: { role: Role }, action: Action, object: ObjectType): Reach {
  return rules[person.role][object]?.[action] ?? 'none';
}

/** Everything a role may do, as `action:object` words for pages to show or hide what they offer. */
export function capabilities(role: Role): string[] {
  return words[role];
}

const words = Object.fromEntries(
  Object.entries(rules).map(([role, objects]) => [
    role,
    Object.entries(objects).flatMap(([object, actions]) =>
      Object.entries(actions).flatMap(([action, reach]) => (reach === 'none' ? [] : [`${action}:${object}`])),
    ),
  ]),
) as Record<Role, string[]>;
