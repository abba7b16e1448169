// The addresses of support and of the connection check.
import { setTimeout as sleep } from 'node:timers/promises';
import { bodyBytes } from '../edge/guard.ts';
import * as factors from '../factors/factors.ts';
import { bind, type Refusal, refuse } from '../http.ts';
import { evenly } from '../sign-in/routes.ts';
import { version } from '../version.ts';
import type { World } from '../world.ts';
import { pictureTakes, supportContract } from './contract.ts';
import * as support from './support.ts';
import { inFull, listed, own } from './views.ts';

const slowDown = ({ retryAfter }: { retryAfter: number }): Refusal =>
  refuse('slow-down', { retryAfter, words: { seconds: Math.ceil(retryAfter) } });

const zh = (visitor: { language: string }) => visitor.language === 'zh-CN';

function wrongState(visitor: { language: string }, words: { en: string; zh: string }): Refusal {
  return refuse('wrong-state', { words: { state: zh(visitor) ? words.zh : words.en } });
}

const closed = { en: 'the ticket is closed', zh: '工单已关闭' };

async function shown(world: World, id: string) {
  const ticket = await support.byId(world, id);
  return ticket ? { status: 200 as const, body: await inFull(world, ticket) } : refuse('not-found');
}

export const supportRoutes = bind(supportContract)({
  'GET /ping': async ({ world, visitor, header }) => ({
    status: 200,
    body: {
      at: world.now(),
      address: visitor.address,
      passedOn: ['x-forwarded-for', 'forwarded', 'via'].some(name => header(name)),
      proxyTrusted: world.config.trustedProxies.length > 0,
      secure: world.config.secure,
      cookies: Boolean(header('cookie')),
      version,
    },
  }),
  'GET /support': async ({ world }) => ({ status: 200, body: await support.settingsOf(world) }),
  'GET /support/settings': async ({ world }) => ({ status: 200, body: await support.settingsOf(world) }),
  'PUT /support/settings': async ({ world, me, visitor, body }) => {
    await support.keepSettings(world, body, { me, visitor });
    return { status: 200, body: await support.settingsOf(world) };
  },
  'POST /support/tickets': async ({ world, me, visitor, body }) => {
    if (!world.workspaceId) return refuse('set-up-needed', { words: { url: world.config.url } });
    const [outcome] = await Promise.all([support.open(world, body, { me, visitor }), sleep(evenly)]);
    if (outcome.kind === 'slow-down') return slowDown(outcome);
    const { number, token, link } = outcome;
    return { status: 201, body: { number, token, link } };
  },
  'POST /support/ticket': async ({ world, body }) => {
    const ticket = await support.byToken(world, body.token);
    return ticket ? { status: 200, body: await own(world, ticket) } : refuse('link-dead');
  },
  'POST /support/ticket/words': async ({ world, me, visitor, body }) => {
    const ticket = await support.byToken(world, body.token);
    if (!ticket) return refuse('link-dead');
    const outcome = await support.writeAsAuthor(world, ticket, body.text, { me, visitor });
    if (outcome.kind === 'slow-down') return slowDown(outcome);
    return outcome.kind === 'closed' ? wrongState(visitor, closed) : { status: 204 };
  },
  'POST /support/ticket/state': async ({ world, me, visitor, body }) => {
    const ticket = await support.byToken(world, body.token);
    if (!ticket) return refuse('link-dead');
    const outcome = await support.settle(world, ticket, body, { me, visitor });
    if (outcome === 'done') return { status: 204 };
    return wrongState(visitor, { en: ticket.state, zh: stateNames[ticket.state] });
  },
  'POST /support/ticket/pictures': async ({ world, visitor, request }) => {
    const ticket = await support.byToken(world, request.headers.get('ticket-token') ?? '');
    if (!ticket) return refuse('link-dead');
    const types: readonly string[] = pictureTakes.type;
    const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const unfit = refuse('wrong-content-type', { words: { types: types.join(', ') } });
    if (!types.includes(type)) return unfit;
    const bytes = await bodyBytes(request, pictureTakes.limit);
    if (!bytes) return refuse('too-large', { words: { limit: pictureTakes.limit } });
    const outcome = await support.pictures.keep(world, ticket, bytes, visitor);
    switch (outcome.kind) {
      case 'kept':
        return { status: 201, body: outcome.picture };
      case 'slow-down':
        return slowDown(outcome);
      case 'no-picture':
        return unfit;
      case 'closed':
        return wrongState(visitor, closed);
      case 'enough':
        return wrongState(visitor, {
          en: 'there are as many pictures as there may be',
          zh: '图片数量已达上限',
        });
    }
  },
  'POST /support/ticket/pictures/{id}': async ({ world, params, body }) => {
    const ticket = await support.byToken(world, body.token);
    const picture = ticket && (await support.pictures.fetch(world, ticket, params.id));
    return picture ? { status: 200, ...picture } : refuse('link-dead');
  },
  'POST /support/ticket/messages': async ({ world, visitor, body }) => {
    const ticket = await support.byToken(world, body.token);
    if (!ticket) return refuse('link-dead');
    await Promise.all([support.sendCode(world, ticket, visitor), sleep(evenly)]);
    return { status: 202, body: { kind: 'sent' } };
  },
  'POST /support/ticket/proofs': async ({ world, visitor, body }) => {
    const ticket = await support.byToken(world, body.token);
    if (!ticket) return refuse('link-dead');
    const tried = await support.prove(world, ticket, body.code, visitor);
    switch (tried.kind) {
      case 'proved':
        return { status: 204 };
      case 'wrong':
        return refuse('code-wrong');
      case 'dead':
        return refuse('code-dead');
      case 'slow-down':
        return slowDown({
          retryAfter: tried.until === null ? 86_400 : Math.max(1, (tried.until - world.now()) / 1_000),
        });
    }
  },
  'POST /support/ticket/vouching': async ({ world, visitor, body }) => {
    const ticket = await support.byToken(world, body.token);
    if (!ticket) return refuse('link-dead');
    await Promise.all([support.askForVouching(world, ticket, visitor), sleep(evenly)]);
    return { status: 202, body: { kind: 'asked' } };
  },
  'GET /vouching': async ({ world, me }) => {
    const [found, confirmed] = await Promise.all([support.vouchable(world, me), factors.isFresh(world, me)]);
    const items = found.map(({ ticket, person, askedAt, as, done }) => ({
      id: ticket.id,
      number: ticket.number,
      person,
      askedAt,
      as,
      done,
    }));
    return { status: 200, body: { items, confirmed } };
  },
  'POST /vouching/{id}': async ({ world, me, visitor, params, body }) => {
    const outcome = await support.vouch(world, params.id, body.how, { me, visitor });
    if (outcome.kind === 'not-found' || outcome.kind === 'confirm-first') return refuse(outcome.kind);
    return { status: 200, body: { kind: outcome.kind } };
  },
  'GET /tickets': async ({ world, query }) => {
    const rows = await support.list(world, { ...query, limit: query.limit + 1 });
    const page = rows.slice(0, query.limit);
    const next = rows.length > query.limit ? (page.at(-1)?.id ?? null) : null;
    return { status: 200, body: { items: page.map(row => listed(world, row)), next } };
  },
  'GET /tickets/{id}': async ({ world, params }) => shown(world, params.id),
  'POST /tickets/{id}/words': async ({ world, me, visitor, params, body }) => {
    const outcome = await support.answer(world, params.id, body, { me, visitor });
    return outcome === 'not-found' ? refuse('not-found') : shown(world, params.id);
  },
  'PATCH /tickets/{id}': async ({ world, me, visitor, params, body }) => {
    const outcome = await support.setState(world, params.id, body.state, { me, visitor });
    return outcome === 'not-found' ? refuse('not-found') : shown(world, params.id);
  },
  'GET /tickets/{id}/pictures/{picture}': async ({ world, params }) => {
    const ticket = await support.byId(world, params.id);
    const picture = ticket && (await support.pictures.fetch(world, ticket, params.picture));
    return picture ? { status: 200, ...picture } : refuse('not-found');
  },
});

const stateNames = { open: '处理中', waiting: '待您回复', solved: '已解决', closed: '已关闭' } as const;
