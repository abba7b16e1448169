// The addresses of second factors.
import { sessionCookie } from '../cookies.ts';
import * as devices from '../devices/devices.ts';
import { bind, type Me, type Refusal, refuse } from '../http.ts';
import type { Language } from '../problems.ts';
import type { World } from '../world.ts';
import { factorsContract } from './contract.ts';
import * as factors from './factors.ts';
import { registry } from './registry.ts';

/** The answer to a try that was not right; the same for every name and kind. */
export function refuseTry(world: World, tried: Exclude<factors.Tried, { kind: 'right' }>): Refusal {
  switch (tried.kind) {
    case 'wrong':
      return refuse('code-wrong');
    case 'dead':
      return refuse('code-dead');
    case 'slow-down': {
      const retryAfter = tried.until === null ? 86_400 : (tried.until - world.now()) / 1_000;
      return refuse('slow-down', { retryAfter, words: { seconds: Math.ceil(retryAfter) } });
    }
  }
}

async function unconfirmed(world: World, me: Me): Promise<Refusal | null> {
  return (await factors.isFresh(world, me)) ? null : refuse('confirm-first');
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function enough(language: Language): Refusal {
  const state = language === 'zh-CN' ? '数量已达上限' : 'there are as many as there may be';
  return refuse('wrong-state', { words: { state } });
}

export const factorsRoutes = bind(factorsContract)({
  'GET /factors': async ({ world, me }) => {
    const [own, confirmed] = await Promise.all([factors.own(world, me), factors.isFresh(world, me)]);
    return {
      status: 200,
      body: {
        items: own.factors.map(factor => ({
          id: factor.id,
          kind: factor.kind,
          name: factor.name,
          createdAt: factor.created_at,
          lastUsedAt: factor.last_used_at,
          backedUp: factor.backed_up,
        })),
        next: null,
        recoveryCodes: own.codes,
        askOnNewDevices: own.ask,
        required: own.required,
        passkeysOffered: factors.passkeysOffered(world),
        confirmed,
      },
    };
  },
  'PATCH /factors': async ({ world, me, body }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    await factors.chooseAsking(world, me, body.askOnNewDevices);
    return { status: 204 };
  },
  'POST /factors/totp': async ({ world, me, visitor }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const begun = await factors.beginTotp(world, me);
    return begun ? { status: 201, body: begun } : enough(visitor.language);
  },
  'POST /factors/totp/confirm': async ({ world, me, visitor, body }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const name = body.name || capital(registry.totp.words[visitor.language]);
    const tried = await factors.confirmTotp(world, { code: body.code, name }, { me, visitor });
    return tried.kind === 'right' ? { status: 204 } : refuseTry(world, tried);
  },
  'POST /factors/passkeys/options': async ({ world, me }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const begun = await factors.beginPasskeyEnrolment(world, me);
    return begun ? { status: 200, body: begun } : refuse('passkey-unavailable');
  },
  'POST /factors/passkeys': async ({ world, me, visitor, body }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const { name, response } = body;
    const input = {
      response: response as Parameters<typeof factors.addPasskey>[1]['response'],
      name: name || devices.deviceLabel(visitor.userAgent),
    };
    const outcome = await factors.addPasskey(world, input, { me, visitor });
    switch (outcome.kind) {
      case 'added':
        return { status: 201, body: { id: outcome.id } };
      case 'known':
        return refuse('conflict', { words: { what: capital(registry.passkey.words[visitor.language]) } });
      case 'too-many':
        return enough(visitor.language);
      default:
        return refuse('passkey-refused');
    }
  },
  'POST /factors/recovery-codes': async ({ world, me, visitor }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    return { status: 201, body: { codes: await factors.makeRecoveryCodes(world, { me, visitor }) } };
  },
  'PATCH /factors/{id}': async ({ world, me, visitor, params, body }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const done = await factors.rename(world, { id: params.id, name: body.name }, { me, visitor });
    return done ? { status: 204 } : refuse('not-found');
  },
  'DELETE /factors/{id}': async ({ world, me, visitor, params }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const outcome = await factors.remove(world, params.id, { me, visitor });
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind === 'required') {
      const zh = visitor.language === 'zh-CN';
      return refuse('wrong-state', {
        words: { state: zh ? '企业要求至少保留一种验证方式' : 'your company asks for at least one' },
      });
    }
    return { status: 204 };
  },
  'DELETE /devices/{id}': async ({ world, me, visitor, params }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const outcome = await devices.revoke(world, { personId: me.id, deviceId: params.id }, { me, visitor });
    return outcome.kind === 'revoked' ? { status: 204 } : refuse('not-found');
  },
  'DELETE /sessions': async ({ world, me, visitor }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const input = { personId: me.id, exceptId: me.sessionId, why: 'ended-by-owner' };
    return { status: 200, body: { ended: await devices.endAllSessions(world, input, { me, visitor }) } };
  },
  'DELETE /sessions/{id}': async ({ world, me, visitor, params }) => {
    const refused = params.id === me.sessionId ? null : await unconfirmed(world, me);
    if (refused) return refused;
    const input = { personId: me.id, sessionId: params.id, why: 'ended-by-owner' };
    const outcome = await devices.endSession(world, input, { me, visitor });
    return outcome.kind === 'ended' ? { status: 204 } : refuse('not-found');
  },
  'POST /session/confirm': async ({ world, me, visitor, body, permit }) => {
    const shown = 'password' in body ? ({ kind: 'password', ...body } as const) : body;
    const tried = await factors.confirmSession(
      world,
      { me, visitor },
      shown as Parameters<typeof factors.confirmSession>[2],
    );
    switch (tried.kind) {
      case 'right': {
        const fresh = await devices.renew(world, permit, me);
        const cookies = fresh ? [sessionCookie(world.config, fresh.token, fresh.maxAge)] : [];
        return { status: 204, cookies };
      }
      case 'busy':
        return refuse('busy', { retryAfter: 2, words: { seconds: 2 } });
      case 'wrong':
        return 'password' in body ? refuse('refused') : refuseTry(world, tried);
      default:
        return refuseTry(world, tried);
    }
  },
  'POST /session/passkey': async ({ world, me, body }) => {
    if (!world.workspaceId) return refuse('set-up-needed', { words: { url: world.config.url } });
    if (body.confirm && !me) return refuse('signed-out');
    const session = body.confirm && me ? me.sessionId : null;
    const begun = await factors.beginPasskey(world, { session, remember: body.remember });
    return begun ? { status: 200, body: begun } : refuse('passkey-unavailable');
  },
  'GET /policies/factors': async ({ world }) => ({ status: 200, body: await factors.policyOf(world) }),
  'PUT /policies/factors': async ({ world, me, visitor, body }) => {
    const graceUntil = body.graceUntil && new Date(body.graceUntil).toISOString();
    await factors.choosePolicy(world, { roles: [...new Set(body.roles)], graceUntil }, { me, visitor });
    return { status: 200, body: await factors.policyOf(world) };
  },
});
