// The addresses of people.
import { sourceOf } from '../edge/visitor.ts';
import { bind, refuse } from '../http.ts';
import { iso, type World } from '../world.ts';
import { staffContract } from './contract.ts';
import { faultWords, ruleWords, weakPassword } from './password-words.ts';
import * as staff from './staff.ts';
import { mayAskStrength, strength } from './strength.ts';

export { weakPassword } from './password-words.ts';

const initialMs = 24 * 3_600_000;

export function personView(person: staff.Person) {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    role: person.role,
    teamId: person.team_id,
    state: person.state,
    language: person.language,
    createdAt: person.created_at,
  };
}

export const staffRoutes = bind(staffContract)({
  'POST /people': async ({ world, body, me, visitor }) => {
    const initialUntil = body.initial ? iso(world.now() + initialMs) : null;
    const input = { ...body, teamId: body.teamId ?? null, initialUntil };
    const outcome = await staff.add(world, input, { me, visitor });
    if (outcome.kind === 'name-taken') return refuse('name-taken');
    if (outcome.kind === 'weak') return weakPassword(world, outcome.fault, visitor);
    const person = await staff.byId(world, outcome.id);
    if (!person) return refuse('not-found');
    return { status: 201, body: personView(person) };
  },
  'GET /people/{id}': async ({ world, params }) => {
    const person = await staff.byId(world, params.id);
    return person ? { status: 200, body: personView(person) } : refuse('not-found');
  },
  'GET /policies/password': async ({ world }) => ({
    status: 200,
    body: policyView(world, await staff.passwordPolicy(world)),
  }),
  'PUT /policies/password': async ({ world, body, me, visitor }) => {
    const wanted = { ...body, classes: [...new Set(body.classes)] };
    return {
      status: 200,
      body: policyView(world, await staff.choosePasswordPolicy(world, wanted, { me, visitor })),
    };
  },
  'POST /passwords/strength': async ({ world, body, me, visitor }) => {
    if (!mayAskStrength(world, sourceOf(visitor.address)))
      return refuse('slow-down', { retryAfter: 5, words: { seconds: 5 } });
    const policy = world.workspaceId ? await staff.passwordPolicy(world) : staff.usualPolicy;
    const rule = ruleWords(policy, visitor.language);
    const { least } = policy;
    if (body.password === '') return { status: 200, body: { score: 0, why: null, rule, least } };
    const of = { name: me?.name ?? body.name, email: me?.email ?? body.email, signedIn: me !== null };
    const { score, fault } = await strength(world, body.password, of);
    return {
      status: 200,
      body: { score, why: fault && faultWords(fault, policy, visitor.language), rule, least },
    };
  },
  'PATCH /me': async ({ world, body, me }) => {
    await staff.setLanguage(world, me.id, body.language);
    return { status: 204 };
  },
});

function policyView(world: World, policy: staff.PasswordPolicy) {
  return { ...policy, screened: { size: world.screening.size, version: world.screening.version } };
}
