// The addresses of roles.
import * as factors from '../factors/factors.ts';
import { governable } from '../field-rules.ts';
import { bind, etag, type Me, type Refusal, refuse } from '../http.ts';
import type { FieldRules, RolePolicy, Rules } from '../permissions.ts';
import * as rights from '../rights/rights.ts';
import type { World } from '../world.ts';
import { rolesContract } from './contract.ts';
import * as roles from './roles.ts';

/** A role as it travels. */
function roleView(role: roles.RoleRow, people: number) {
  const choices: Record<string, Record<string, readonly ('none' | 'own' | 'team' | 'all')[]>> = {};
  for (const { object, action, reaches } of rights.cellsOf(role.base))
    choices[object] = { ...choices[object], [action]: reaches };
  const plain = { rules: {}, fields: {} };
  return {
    key: role.key,
    base: role.base,
    name: role.name,
    people,
    rules: rights.wholeRules(role.base, role.policy) as Record<string, Record<string, 'none'>>,
    usual: rights.wholeRules(role.base, plain) as Record<string, Record<string, 'none'>>,
    choices: choices as Record<string, Record<string, 'none'[]>>,
    fields: role.policy.fields as Record<string, Record<string, 'hidden' | 'read'>>,
    version: role.version,
    updatedAt: role.updatedAt,
  };
}

async function viewed(world: World, role: roles.RoleRow) {
  return {
    body: roleView(role, (await roles.counts(world)).get(role.key) ?? 0),
    headers: { etag: etag(role.version) },
  };
}

const policyIn = (body: { rules: object; fields: object }): RolePolicy => ({
  rules: body.rules as Rules,
  fields: body.fields as FieldRules,
});

const foolish = (faults: rights.PolicyFault[]) => refuse('invalid', { members: { faults } });
const nameTaken = () => foolish([{ path: 'name', message: 'is the name of another role' }]);

async function conflict(world: World, current: roles.RoleRow, yours: unknown): Promise<Refusal> {
  const { body, headers } = await viewed(world, current);
  return refuse('changed-meanwhile', { members: { current: body, yours } }, { headers });
}

/** Who may change what everybody may do has just shown who he is. */
async function confirmFirst(world: World, me: Me): Promise<Refusal | null> {
  return (await factors.isFresh(world, me)) ? null : refuse('confirm-first');
}

export const rolesRoutes = bind(rolesContract)({
  'GET /roles': async ({ world }) => {
    const [all, counts] = await Promise.all([roles.all(world), roles.counts(world)]);
    const items = all.map(role => roleView(role, counts.get(role.key) ?? 0));
    return {
      status: 200,
      body: { items, governable: governable as Record<string, string[]>, next: null },
    };
  },
  'POST /roles': async ({ world, body, me, visitor }) => {
    const refusal = await confirmFirst(world, me);
    if (refusal) return refusal;
    const { base, name, reason } = body;
    const outcome = await roles.add(world, { base, name, reason, policy: policyIn(body) }, { me, visitor });
    if (outcome.kind === 'foolish') return foolish(outcome.faults);
    if (outcome.kind === 'name-taken') return nameTaken();
    return { status: 201, ...(await viewed(world, outcome.role)) };
  },
  'GET /roles/{key}': async ({ world, params }) => {
    const role = await roles.byKey(world, params.key);
    return role ? { status: 200, ...(await viewed(world, role)) } : refuse('not-found');
  },
  'PUT /roles/{key}': async ({ world, params, body, ifMatch, me, visitor }) => {
    const refusal = await confirmFirst(world, me);
    if (refusal) return refusal;
    const { name, reason } = body;
    const input = { key: params.key, policy: policyIn(body), name, version: ifMatch, reason };
    const outcome = await roles.save(world, input, { me, visitor });
    switch (outcome.kind) {
      case 'saved':
        return { status: 200, ...(await viewed(world, outcome.role)) };
      case 'changed-meanwhile':
        return conflict(world, outcome.current, body);
      case 'foolish':
        return foolish(outcome.faults);
      case 'name-taken':
        return nameTaken();
      case 'not-found':
        return refuse('not-found');
    }
  },
  'POST /roles/{key}/preview': async ({ world, params, body }) => {
    const outcome = await roles.preview(world, params.key, policyIn(body));
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind === 'foolish') return foolish(outcome.faults);
    const { people, rules, fields } = outcome;
    return { status: 200, body: { people: people.slice(0, 50), count: people.length, rules, fields } };
  },
  'DELETE /roles/{key}': async ({ world, params, ifMatch, me, visitor }) => {
    const refusal = await confirmFirst(world, me);
    if (refusal) return refusal;
    const outcome = await roles.remove(world, { key: params.key, version: ifMatch }, { me, visitor });
    if (outcome.kind === 'removed') return { status: 204 };
    if (outcome.kind === 'changed-meanwhile') return conflict(world, outcome.current, null);
    return outcome.kind === 'in-use'
      ? foolish([{ path: 'key', message: 'is the role of somebody; give them another one first' }])
      : refuse('not-found');
  },
});
