// What may be made of a role, and what a change of one gives and takes. Pure.
import { governable, isGovernable } from '../field-rules.ts';
import {
  type Action,
  type FieldRule,
  type FieldRules,
  far,
  may,
  type ObjectType,
  type Reach,
  type Role,
  type RolePolicy,
  type Rules,
  records,
  usualRules,
} from '../permissions.ts';

const work: Action[] = ['read', 'create', 'update', 'delete', 'export', 'import'];
const whole: Reach[] = ['none', 'all'];
const everyReach: Reach[] = ['none', 'own', 'team', 'all'];

/** One permission that may be set for a role, and how far. */
export type Cell = { object: ObjectType; action: Action; reaches: readonly Reach[] };

const ofRecords = (actions: Action[]): Cell[] =>
  records.flatMap(object => actions.map(action => ({ object, action, reaches: everyReach })));

const beyond: Cell[] = [
  { object: 'deal', action: 'configure', reaches: whole },
  { object: 'intake', action: 'read', reaches: everyReach },
  { object: 'intake', action: 'update', reaches: everyReach },
  { object: 'intake', action: 'create', reaches: whole },
  { object: 'intake', action: 'delete', reaches: whole },
  { object: 'intake', action: 'configure', reaches: whole },
  { object: 'audit', action: 'read', reaches: whole },
  { object: 'audit', action: 'export', reaches: whole },
  { object: 'lock', action: 'read', reaches: whole },
  { object: 'policy', action: 'read', reaches: whole },
];

/**
 * The permissions that a role of this base may be given or denied. What makes an administrator cannot be taken from one
 * or given to another role; an auditor looks and writes nothing.
 */
export function cellsOf(base: Role): Cell[] {
  if (base === 'administrator') return ofRecords(work);
  if (base === 'auditor') return ofRecords(['read', 'export']);
  return [...ofRecords(work), ...beyond];
}

/** How far the role reaches by this policy. */
export const reachIn = (base: Role, policy: RolePolicy, cell: Pick<Cell, 'object' | 'action'>): Reach =>
  may({ role: base, policy }, cell.action, cell.object);

export type PolicyFault = { path: string; message: string };

/** Actions that reach no further than one sees. */
const seen: Action[] = ['update', 'delete', 'export'];

/** What speaks against such a policy for a role of this base. */
export function faultsOf(base: Role, policy: RolePolicy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const cells = cellsOf(base);
  for (const [object, actions] of Object.entries(policy.rules))
    for (const [action, reach] of Object.entries(actions)) {
      const path = `rules.${object}.${action}`;
      const cell = cells.find(one => one.object === object && one.action === action);
      const usual = usualRules[base][object as ObjectType]?.[action as Action] ?? 'none';
      if (!cell) {
        if (reach !== usual) faults.push({ path, message: 'cannot be changed for this role' });
      } else if (!cell.reaches.includes(reach)) faults.push({ path, message: 'cannot reach so' });
    }
  for (const cell of cells.filter(one => seen.includes(one.action))) {
    const sees = reachIn(base, policy, { object: cell.object, action: 'read' });
    if (far.indexOf(reachIn(base, policy, cell)) > far.indexOf(sees))
      faults.push({
        path: `rules.${cell.object}.${cell.action}`,
        message: 'reaches further than what the role may see',
      });
  }
  for (const [object, fields] of Object.entries(policy.fields))
    for (const field of Object.keys(fields))
      if (!isGovernable(object, field))
        faults.push({ path: `fields.${object}.${field}`, message: 'cannot be hidden or fixed' });
  return faults;
}

/** What of a policy differs from the role as it comes. */
export function differing(base: Role, policy: RolePolicy): RolePolicy {
  const rules: Partial<Record<ObjectType, Partial<Record<Action, Reach>>>> = {};
  for (const cell of cellsOf(base)) {
    const reach = reachIn(base, policy, cell);
    if (reach !== (usualRules[base][cell.object]?.[cell.action] ?? 'none'))
      rules[cell.object] = { ...rules[cell.object], [cell.action]: reach };
  }
  const fields = Object.fromEntries(
    Object.entries(policy.fields).filter(([, of]) => Object.keys(of).length > 0),
  ) as FieldRules;
  return { rules, fields };
}

/** All of a role that may be set, with how far it reaches. */
export function wholeRules(base: Role, policy: RolePolicy): Rules {
  const rules: Partial<Record<ObjectType, Partial<Record<Action, Reach>>>> = {};
  for (const cell of cellsOf(base))
    rules[cell.object] = { ...rules[cell.object], [cell.action]: reachIn(base, policy, cell) };
  return rules;
}

export type CellChange = { object: ObjectType; action: Action; before: Reach; after: Reach };
export type FieldChange = {
  object: ObjectType;
  field: string;
  before: FieldRule | null;
  after: FieldRule | null;
};

/** What changes for whoever has the role. */
export function changesBetween(
  base: Role,
  before: RolePolicy,
  after: RolePolicy,
): { rules: CellChange[]; fields: FieldChange[] } {
  const rules = cellsOf(base)
    .map(({ object, action }) => ({
      object,
      action,
      before: reachIn(base, before, { object, action }),
      after: reachIn(base, after, { object, action }),
    }))
    .filter(change => change.before !== change.after);
  const fields: FieldChange[] = [];
  for (const object of Object.keys(governable) as ObjectType[]) {
    const [was, is] = [before.fields[object] ?? {}, after.fields[object] ?? {}];
    for (const field of new Set([...Object.keys(was), ...Object.keys(is)]))
      if (was[field] !== is[field])
        fields.push({ object, field, before: was[field] ?? null, after: is[field] ?? null });
  }
  return { rules, fields };
}
