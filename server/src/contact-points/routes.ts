// The addresses of one's own further addresses.
import * as factors from '../factors/factors.ts';
import { refuseTry } from '../factors/routes.ts';
import { bind, type Me, type Refusal, refuse } from '../http.ts';
import type { World } from '../world.ts';
import * as contactPoints from './contact-points.ts';
import { contactPointsContract } from './contract.ts';

const words = {
  invalid: {
    email: { en: 'is not one plain e-mail address', 'zh-CN': '不是有效的邮箱地址' },
    sms: { en: 'is no phone number', 'zh-CN': '不是有效的手机号' },
  },
  known: { en: 'This address', 'zh-CN': '该联系方式' },
  'too-many': { en: 'there are as many as there may be', 'zh-CN': '数量已达上限' },
  required: {
    en: 'your company asks for at least one sign-in method',
    'zh-CN': '企业要求至少保留一种验证方式',
  },
};

async function unconfirmed(world: World, me: Me): Promise<Refusal | null> {
  return (await factors.isFresh(world, me)) ? null : refuse('confirm-first');
}

export const contactPointsRoutes = bind(contactPointsContract)({
  'GET /contact-points': async ({ world, me }) => {
    const [points, confirmed] = await Promise.all([
      contactPoints.list(world, me.id),
      factors.isFresh(world, me),
    ]);
    const items = points.map(point => ({
      id: point.id,
      kind: point.kind,
      value: contactPoints.shown(point),
      purpose: point.purpose,
      verified: point.verified_at !== null,
      factor: point.factor,
      createdAt: point.created_at,
    }));
    return { status: 200, body: { items, next: null, smsSent: world.sms.configured, confirmed } };
  },
  'POST /contact-points': async ({ world, me, visitor, body }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const { language } = visitor;
    const outcome = await contactPoints.add(world, body, { me, visitor });
    switch (outcome.kind) {
      case 'added':
        return { status: 201, body: { id: outcome.id } };
      case 'invalid': {
        const message = words.invalid[body.kind][language];
        return refuse('invalid', { members: { faults: [{ path: 'value', message }] } });
      }
      case 'known':
        return refuse('conflict', { words: { what: words.known[language] } });
      case 'too-many':
        return refuse('wrong-state', { words: { state: words['too-many'][language] } });
    }
  },
  'POST /contact-points/{id}/messages': async ({ world, me, visitor, params }) => {
    const outcome = await contactPoints.sendCode(world, params.id, { me, visitor });
    if (outcome.kind === 'capped')
      return refuse('slow-down', { retryAfter: 3_600, words: { seconds: 3_600 } });
    return outcome.kind === 'sent' ? { status: 202 } : refuse('not-found');
  },
  'POST /contact-points/{id}/proofs': async ({ world, me, visitor, params, body }) => {
    const tried = await contactPoints.confirm(world, { id: params.id, code: body.code }, { me, visitor });
    return tried.kind === 'right' ? { status: 204 } : refuseTry(world, tried);
  },
  'PUT /contact-points/{id}/factor': async ({ world, me, visitor, params, body }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const outcome = await contactPoints.switchFactor(world, params.id, body.on, { me, visitor });
    if (outcome.kind === 'required')
      return refuse('wrong-state', { words: { state: words.required[visitor.language] } });
    return outcome.kind === 'done' ? { status: 204 } : refuse('not-found');
  },
  'DELETE /contact-points/{id}': async ({ world, me, visitor, params }) => {
    const refused = await unconfirmed(world, me);
    if (refused) return refused;
    const outcome = await contactPoints.remove(world, params.id, { me, visitor });
    if (outcome.kind === 'required')
      return refuse('wrong-state', { words: { state: words.required[visitor.language] } });
    return outcome.kind === 'removed' ? { status: 204 } : refuse('not-found');
  },
});
