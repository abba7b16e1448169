// The addresses of signing in and out.
import { setTimeout as sleep } from 'node:timers/promises';
import { cookieNames, sessionCookie } from '../cookies.ts';
import * as devices from '../devices/devices.ts';
import type { ProofKind } from '../factors/factors.ts';
import { refuseTry } from '../factors/routes.ts';
import { fieldsTold } from '../field-rules.ts';
import { bind, type Me, refuse, type Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import { capabilities } from '../permissions.ts';
import { weakPassword } from '../staff/routes.ts';
import type * as staff from '../staff/staff.ts';
import { latest } from '../stories/stories.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import type { World } from '../world.ts';
import { askCode } from './asking.ts';
import { signInContract } from './contract.ts';
import { makeWay } from './own.ts';
import * as proofs from './proofs.ts';
import { sessionCookies } from './session-cookies.ts';
import * as signIn from './sign-in.ts';
import { locked, proofsOf, storyOfFlow } from './telling.ts';

export function userView(person: {
  id: string;
  name: string;
  email: string;
  role: staff.Person['role'];
  language: string;
}) {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    role: person.role,
    language: person.language,
  };
}

/**
 * The answer to an attempt, the same whoever it was for. `me`: whose session the browser came with; it ends when another
 * takes its place (ASVS 5.0 7.2.4).
 */
async function answer(world: World, visitor: Visitor, outcome: signIn.SignInOutcome, me: Me | null) {
  switch (outcome.kind) {
    case 'signed-in':
      if (me) await makeWay(world, { me, visitor });
      return {
        status: 200 as const,
        body: { kind: 'signed-in' as const, user: userView(outcome.person) },
        cookies: sessionCookies(world.config, outcome.opened),
      };
    case 'proof-needed':
      return {
        status: 200 as const,
        body: { kind: outcome.kind, flow: outcome.flow, proofs: outcome.kinds.map(kind => ({ kind })) },
      };
    case 'refused':
      return refuse('refused', formerOf(outcome));
    case 'busy':
      return refuse('busy', {
        retryAfter: outcome.retryAfter,
        words: { seconds: outcome.retryAfter },
        members: { flow: outcome.flow, proofs: proofsOf(world) },
      });
    case 'locked':
      return locked(world, visitor, outcome);
  }
}

/** On a known device somebody who typed a former password is told since when it is one. */
function formerOf({ changedAt }: { changedAt: string | null }) {
  return changedAt ? { members: { formerPassword: { changedAt } } } : {};
}

/** Long enough for the work behind it, so that its duration tells nothing. */
export const evenly = 150;

type SessionTold = ReturnType<typeof tellOf>;
const told = new WeakMap<Me, SessionTold>();

const tellOf = (world: World, me: Me, workspace: string) => ({
  user: userView(me),
  workspace: { id: world.workspaceId, name: workspace },
  capabilities: capabilities(me),
  fields: fieldsTold(me),
  locks: [] as ReturnType<typeof locks.tell>[],
  held: null,
});

/** What a session without locks is told: made once for as long as the session is remembered, since pages ask often. */
function toldOf(world: World, me: Me, workspace: string): SessionTold {
  const known = told.get(me);
  if (known?.workspace.name === workspace) return known;
  const fresh = Object.freeze(tellOf(world, me, workspace));
  told.set(me, fresh);
  return fresh;
}

/** One method is used up for strangers: the others are named, for every name the same (L10). */
function spent(world: World, until: number | null, kind: ProofKind) {
  const retryAfter = until === null ? 86_400 : (until - world.now()) / 1_000;
  const others = proofsOf(world).filter(one => one.kind !== kind);
  return refuse('proof-spent', {
    retryAfter,
    words: { seconds: Math.ceil(retryAfter) },
    members: { proofs: others },
  });
}

export const signInRoutes = bind(signInContract)({
  'POST /session': async ({ world, me, body, visitor, permit }) => {
    if (!world.workspaceId) return refuse('set-up-needed', { words: { url: world.config.url } });
    return answer(world, visitor, await signIn.signIn(world, permit, visitor, body), me);
  },
  'POST /session/messages': async ({ world, body, visitor }) => {
    const [outcome] = await Promise.all([askCode(world, visitor, body), sleep(evenly)]);
    if (outcome.kind === 'dead') return refuse('code-dead');
    return { status: 202, body: { flow: body.flow } };
  },
  'POST /session/proofs': async ({ world, me, body, visitor, permit }) => {
    const outcome =
      body.kind === 'passkey'
        ? await proofs.provePasskey(world, permit, visitor, {
            flow: body.flow,
            response: body.response as Parameters<typeof proofs.provePasskey>[3]['response'],
          })
        : await proofs.prove(world, permit, visitor, { flow: body.flow, kind: body.kind, code: body.code });
    switch (outcome.kind) {
      case 'wrong':
        return body.kind === 'passkey' ? refuse('passkey-refused') : refuseTry(world, outcome);
      case 'dead':
        return refuseTry(world, outcome);
      case 'slow-down':
        return spent(world, outcome.until, body.kind);
      case 'proved': {
        const cookies = sessionCookies(world.config, { browserSecret: outcome.browserSecret });
        if (outcome.signIn.kind === 'refused') {
          const story = outcome.owner && (await latest(world, outcome.owner, visitor.language));
          const members = { deviceKnown: true, ...formerOf(outcome.signIn).members };
          return refuse('refused', { members: { ...members, ...(story ? { story } : {}) } }, { cookies });
        }
        const reply = await answer(world, visitor, outcome.signIn, me);
        return { ...reply, cookies: [...cookies, ...(reply.cookies ?? [])] };
      }
    }
  },
  'POST /session/story': async ({ world, body, visitor }) => {
    const [story] = await Promise.all([storyOfFlow(world, visitor, body.flow), sleep(evenly)]);
    return story ? { status: 200, body: story } : refuse('not-found');
  },
  'GET /session': async ({ world, me, visitor }) => {
    const [workspace, own] = await Promise.all([workspaces.name(world), signIn.standingLocks(world, me.id)]);
    const body = toldOf(world, me, workspace);
    if (own.length === 0 && !me.held) return { status: 200, body };
    const held = me.held ? locks.toldHeld(me.held, visitor.language) : null;
    return {
      status: 200,
      body: { ...body, locks: own.map(lock => locks.tell(lock, visitor.language)), held },
    };
  },
  'DELETE /session': async ({ world, me, visitor }) => {
    await signIn.signOut(world, { me, visitor });
    const { session } = cookieNames(world.config.secure);
    // Without it browsers do not touch a cookie whose name begins with `__Host-`.
    const secure = world.config.secure ? '; Secure' : '';
    return { status: 204, cookies: [`${session}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`] };
  },
  'POST /me/password': async ({ world, me, visitor, body, permit }) => {
    const outcome = await signIn.changePassword(world, visitor, { me, ...body });
    switch (outcome.kind) {
      case 'changed': {
        const fresh = await devices.renew(world, permit, me);
        const cookies = fresh ? [sessionCookie(world.config, fresh.token, fresh.maxAge)] : [];
        return { status: 204, cookies };
      }
      case 'weak':
        return weakPassword(world, outcome.fault, visitor);
      case 'busy':
        return refuse('busy', { retryAfter: 2, words: { seconds: 2 } });
      case 'locked':
        return refuse('slow-down', { retryAfter: 600, words: { seconds: 600 } });
      case 'same':
        return refuse('invalid', {
          members: { faults: [{ path: 'next', message: same[visitor.language] }] },
        });
      case 'refused':
        return refuse('refused');
    }
  },
});

const same = {
  en: 'Choose a password other than the initial one.',
  'zh-CN': '新密码不能与初始密码相同。',
};
