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
    roleId: person.role_id,
    teamId: person.team_id,
    state: person.state,
    language: person.language,
    createdAt: person.created_at,
  };
}

const teamView = (team: staff.TeamRow) => ({
  id: team.id,
  name: team.name,
  manager: team.manager_id ? { id: team.manager_id, name: team.manager_name ?? '' } : null,
  people: team.people,
});

async function teamBy(world: World, id: string) {
  const team = (await staff.teams(world)).find(one => one.id === id);
  return team && teamView(team);
}

const fault = (path: string, message: string) =>
  refuse('invalid', { members: { faults: [{ path, message }] } });

const wrongTeam = {
  'name-taken': () => fault('name', 'is the name of another team'),
  'no-such-manager': () => fault('managerId', 'is nobody of this team who may manage it'),
};

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
  'GET /teams': async ({ world }) => ({
    status: 200,
    body: { items: (await staff.teams(world)).map(teamView), next: null },
  }),
  'POST /teams': async ({ world, body, me, visitor }) => {
    const outcome = await staff.foundTeam(world, body.name, { me, visitor });
    if (outcome.kind !== 'saved') return wrongTeam[outcome.kind]();
    const team = await teamBy(world, outcome.id);
    return team ? { status: 201, body: team } : refuse('not-found');
  },
  'PATCH /teams/{id}': async ({ world, params, body, me, visitor }) => {
    const outcome = await staff.changeTeam(world, { id: params.id, ...body }, { me, visitor });
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind !== 'saved') return wrongTeam[outcome.kind]();
    const team = await teamBy(world, params.id);
    return team ? { status: 200, body: team } : refuse('not-found');
  },
  'DELETE /teams/{id}': async ({ world, params, me, visitor }) => {
    const outcome = await staff.removeTeam(world, params.id, { me, visitor });
    if (outcome.kind === 'removed') return { status: 204 };
    return outcome.kind === 'in-use'
      ? fault('id', 'has people; move them to another team first')
      : refuse('not-found');
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
