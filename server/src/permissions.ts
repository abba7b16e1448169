// Who may do what to which objects, and how far it reaches; the one question every route asks.

export type Role = 'administrator' | 'manager' | 'rep' | 'auditor';
export type Action = 'read' | 'create' | 'update' | 'delete' | 'export' | 'import' | 'configure' | 'help';
export type ObjectType =
  | 'customer'
  | 'contact'
  | 'activity'
  | 'deal'
  | 'lead'
  | 'product'
  | 'order'
  | 'task'
  | 'person'
  | 'lock'
  | 'policy'
  | 'audit'
  | 'outbox'
  | 'intake'
  | 'ticket'
  | 'automation';
export type Reach = 'none' | 'own' | 'team' | 'all';

export type Rules = Partial<Record<ObjectType, Partial<Record<Action, Reach>>>>;

const crm = (reach: Reach): Rules => {
  const actions = { read: reach, create: reach, update: reach, delete: reach, export: reach, import: reach };
  const catalogue: Rules['product'] =
    reach === 'all'
      ? actions
      : reach === 'team'
        ? { ...actions, read: 'all', export: 'all', delete: 'none', import: 'none' }
        : { read: 'all', export: 'all' };
  return {
    customer: actions,
    contact: actions,
    activity: actions,
    deal: actions,
    lead: actions,
    product: catalogue,
    order: actions,
    task: actions,
  };
};

const looks = { read: 'all', export: 'all' } as const;

/** What the roles are as they come. */
export const usualRules: Readonly<Record<Role, Rules>> = {
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
    automation: { read: 'all', create: 'all', update: 'all', delete: 'all' },
  },
  manager: {
    ...crm('team'),
    person: { read: 'all' },
    intake: { read: 'team', update: 'team' },
    automation: { read: 'own', create: 'own', update: 'own', delete: 'own' },
  },
  rep: { ...crm('own'), person: { read: 'all' } },
  auditor: {
    customer: looks,
    contact: looks,
    activity: looks,
    deal: looks,
    lead: looks,
    product: looks,
    order: looks,
    task: looks,
    person: { read: 'all' },
    lock: { read: 'all' },
    policy: { read: 'all' },
    automation: { read: 'all' },
    intake: { read: 'all' },
    audit: { read: 'all', export: 'all' },
  },
};

/** What one person may do beyond the role. */
export type Grant = { action: Action; object: ObjectType; reach: Exclude<Reach, 'none'> };

/** What a policy makes of one field: not to be seen at all, or seen and not changed. */
export type FieldRule = 'hidden' | 'read';

export type FieldRules = Partial<Record<ObjectType, Readonly<Record<string, FieldRule>>>>;

/** What an administrator has made of a role: where it says nothing the role is as it comes. */
export type RolePolicy = { readonly rules: Rules; readonly fields: FieldRules };

/** What is shared with one person, by kind of record: all of it may be read, some of it changed. */
export type Shares = Partial<Record<ObjectType, { readonly read: string[]; readonly update: string[] }>>;

/** Whom a permission is asked for. */
export type Hand = { role: Role; grants?: readonly Grant[]; policy?: RolePolicy };

/** Reaches, each further than the one before. */
export const far: readonly Reach[] = ['none', 'own', 'team', 'all'];

/** How far `person` may do `action` to objects of that type; `none` means not at all. */
export function may(person: Hand, action: Action, object: ObjectType): Reach {
  const byRole =
    person.policy?.rules[object]?.[action] ?? usualRules[person.role][object]?.[action] ?? 'none';
  if (!person.grants) return byRole;
  const granted = person.grants.find(grant => grant.action === action && grant.object === object);
  return granted && far.indexOf(granted.reach) > far.indexOf(byRole) ? granted.reach : byRole;
}

const nothing: readonly string[] = [];

/** Fields that tell the same as another one, and go where it goes. */
const together: Partial<Record<ObjectType, Readonly<Record<string, readonly string[]>>>> = {
  order: { total: ['lines', 'net', 'tax', 'paid', 'outstanding', 'instalments', 'payments', 'amount'] },
};

const withKin = (object: ObjectType, fields: string[]) =>
  fields.flatMap(field => [field, ...(together[object]?.[field] ?? [])]);

type Kept = { hidden: readonly string[]; fixed: readonly string[] };
const kept = new WeakMap<RolePolicy, Map<ObjectType, Kept>>();

// Asked for every row of every list: worked out once for a policy.
function fieldsOf(policy: RolePolicy, object: ObjectType): Kept {
  const known = kept.get(policy) ?? new Map<ObjectType, Kept>();
  kept.set(policy, known);
  const found = known.get(object);
  if (found) return found;
  const fields = policy.fields[object] ?? {};
  const names = Object.keys(fields);
  const hidden = withKin(
    object,
    names.filter(field => fields[field] === 'hidden'),
  );
  const fresh = { hidden, fixed: withKin(object, names) };
  known.set(object, fresh);
  return fresh;
}

/** The fields of such objects that a person may not see; by their names as they travel. */
export function hiddenFields(person: Hand, object: ObjectType): readonly string[] {
  return person.policy?.fields[object] ? fieldsOf(person.policy, object).hidden : nothing;
}

/** The fields of such objects that a person may not change. */
export function fixedFields(person: Hand, object: ObjectType): readonly string[] {
  return person.policy?.fields[object] ? fieldsOf(person.policy, object).fixed : nothing;
}

/** The kinds of record that people work with. */
export const records: readonly ObjectType[] = [
  'customer',
  'contact',
  'activity',
  'deal',
  'lead',
  'product',
  'order',
  'task',
];

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
export function nextReach(person: Hand, action: Action, object: ObjectType): Grant['reach'] {
  if (!records.includes(object)) return 'all';
  const has = may(person, action, object);
  if (has === 'none') {
    const sees = may(person, 'read', object);
    return sees === 'none' ? 'own' : sees;
  }
  return has === 'own' ? 'team' : 'all';
}

/** Everything a person may do, as `action:object` words for pages to show or hide what they offer. */
export function capabilities(person: Hand): string[] {
  const own = person.policy ? wordsOf(person, person.policy) : words[person.role];
  if (!person.grants) return own;
  return [...new Set([...own, ...person.grants.map(grant => `${grant.action}:${grant.object}`)])];
}

function wordsOf(person: Hand, policy: RolePolicy): string[] {
  const named = new Set(words[person.role]);
  for (const [object, actions] of Object.entries(policy.rules))
    for (const action of Object.keys(actions)) named.add(`${action}:${object}`);
  return [...named].filter(word => {
    const [action, object] = word.split(':') as [Action, ObjectType];
    return may({ role: person.role, policy }, action, object) !== 'none';
  });
}

const words = Object.fromEntries(
  Object.entries(usualRules).map(([role, objects]) => [
    role,
    Object.entries(objects).flatMap(([object, actions]) =>
      Object.entries(actions).flatMap(([action, reach]) => (reach === 'none' ? [] : [`${action}:${object}`])),
    ),
  ]),
) as Record<Role, string[]>;
