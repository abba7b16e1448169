// The addresses of the unlock desk.
import * as devices from '../devices/devices.ts';
import { refuseTry } from '../factors/routes.ts';
import { bind, type Me, type Refusal, refuse, type Visitor } from '../http.ts';
import { may } from '../permissions.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';
import { deskContract } from './contract.ts';
import * as desk from './desk.ts';
import * as kit from './kit.ts';
import * as templates from './templates.ts';
import { colleagueView, requestViews, storyOf } from './views.ts';
import { whyWords } from './words.ts';

const over: Record<Language, string> = { en: 'it is over', 'zh-CN': '已结束' };
const ownRequest: Record<Language, string> = {
  en: 'whoever asked cannot approve as well',
  'zh-CN': '申请人不能批准自己的申请',
};
const aboutOneself: Record<Language, string> = {
  en: 'the person concerned cannot approve',
  'zh-CN': '当事人不能批准',
};
const byDesk: Record<Language, string> = {
  en: 'an administrator is let back by the unlock desk, with a second approval',
  'zh-CN': '恢复系统管理员账号须通过解锁台，并由第二人批准',
};
const unknownProof: Record<Language, string> = {
  en: 'For an administrator name one of: in-person, call-back, video, chat, manager, document.',
  'zh-CN': '处理系统管理员账号时，请填写以下之一：in-person、call-back、video、chat、manager、document。',
};

const wrongState = (words: Record<Language, string>, { language }: Visitor) =>
  refuse('wrong-state', { words: { state: words[language] } });

function refused(why: desk.Why, { language }: Visitor): Refusal {
  return refuse('wrong-state', {
    words: { state: whyWords[why][language] },
    members: { why, detail: whyWords[why][language] },
  });
}

/** The answer to what hands out a password or code. */
function issued(outcome: desk.Outcome, visitor: Visitor) {
  switch (outcome.kind) {
    case 'not-found':
      return refuse('not-found');
    case 'refused':
      return refused(outcome.why, visitor);
    case 'waiting':
      return { status: 200 as const, body: outcome };
    case 'done':
      if (!outcome.secret) return refuse('not-found');
      return { status: 200 as const, body: { kind: outcome.kind, secret: outcome.secret } };
  }
}

function hand(action: 'initial-password' | 'unlock-code') {
  return async (call: {
    world: World;
    params: { id: string };
    body: { reason: string; proof: desk.Proof; ticket?: string | undefined };
    me: Me;
    visitor: Visitor;
  }) => {
    const { world, params, body, me, visitor } = call;
    const { reason, proof, ticket } = body;
    const help = { action, reason, proof, ticketId: ticket ?? null };
    return issued(await desk.help(world, params.id, help, { me, visitor }), visitor);
  };
}

function decided(outcome: Exclude<desk.Decision, { kind: 'done' | 'approved' }>, visitor: Visitor): Refusal {
  switch (outcome.kind) {
    case 'not-found':
    case 'confirm-first':
      return refuse(outcome.kind);
    case 'over':
      return wrongState(over, visitor);
    case 'own-request':
      return wrongState(ownRequest, visitor);
    case 'own-vouch':
      return refused(outcome.kind, visitor);
    case 'about-oneself':
      return wrongState(aboutOneself, visitor);
    case 'refused':
      return refused(outcome.why, visitor);
  }
}

export const deskRoutes = bind(deskContract)({
  'GET /people': async ({ world, query, me }) => {
    const whole = may(me, 'read', 'lock') !== 'none';
    const { locked, ...asked } = query;
    if (!whole && (locked !== undefined || asked.sort?.includes('lastSignIn'))) return refuse('not-allowed');
    const found = await desk.people(world, {
      ...asked,
      locked: locked === undefined ? undefined : locked === 'true',
    });
    if (!found)
      return refuse('invalid', {
        members: { faults: [{ path: 'query.after', message: 'is no cursor of this list' }] },
      });
    const items = found.rows.map(row => colleagueView(row, whole));
    return { status: 200, body: { items, next: found.next } };
  },
  'GET /people/{id}/story': async ({ world, params, me, visitor }) => {
    const story = await storyOf(world, params.id, { me, language: visitor.language });
    return story ? { status: 200, body: story } : refuse('not-found');
  },
  'POST /desk/actions': async ({ world, body, me, visitor }) => {
    const { people, factor, ticket, ...help } = body;
    if (factor && people.length > 1)
      return refuse('invalid', {
        members: { faults: [{ path: 'factor', message: 'goes with one person' }] },
      });
    const items = [];
    for (const person of new Set(people)) {
      const asked = { ...help, factorId: factor ?? null, ticketId: ticket ?? null };
      const outcome = await desk.help(world, person, asked, { me, visitor });
      const why = outcome.kind === 'refused' ? outcome.why : null;
      items.push({
        person,
        kind: outcome.kind,
        why,
        words: why ? whyWords[why][visitor.language] : null,
        request: outcome.kind === 'waiting' ? outcome.request : null,
      });
    }
    return { status: 200, body: { items } };
  },
  'POST /people/{id}/initial-password': hand('initial-password'),
  'POST /people/{id}/unlock-code': hand('unlock-code'),
  'DELETE /people/{id}/suspension': async ({ world, params, me, visitor }) => {
    const person = await staff.byId(world, params.id);
    if (person?.role === 'administrator') return wrongState(byDesk, visitor);
    const input = { personId: params.id, state: 'active' as const, reason: '' };
    const outcome = await devices.setState(world, input, { me, visitor });
    if (outcome.kind === 'oneself') return refused('oneself', visitor);
    return outcome.kind === 'done' ? { status: 204 } : refuse('not-found');
  },
  'POST /locks/{id}/lift': async ({ world, params, body, me, visitor }) => {
    const outcome = await desk.liftOne(world, params.id, body, { me, visitor });
    switch (outcome.kind) {
      case 'done':
        return { status: 204 };
      case 'waiting':
        return { status: 202, body: outcome };
      case 'not-found':
        return refuse('not-found');
      case 'over':
        return wrongState(over, visitor);
      case 'refused':
        return refused(outcome.why, visitor);
      case 'unknown-proof': {
        const faults = [{ path: 'proof', message: unknownProof[visitor.language] }];
        return refuse('invalid', { members: { faults } });
      }
    }
  },
  'GET /desk/requests': async ({ world, query, me }) => {
    const rows = await desk.requests(world, {
      limit: query.limit + 1,
      after: query.after,
      personId: query.person,
      open: query.open === 'true',
    });
    const shown = rows.slice(0, query.limit);
    const next = rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null;
    return { status: 200, body: { items: await requestViews(world, shown, me), next } };
  },
  'POST /desk/requests/{id}/approval': async ({ world, params, me, visitor }) => {
    const outcome = await desk.approve(world, params.id, { me, visitor });
    return outcome.kind === 'done' || outcome.kind === 'approved'
      ? { status: 200, body: { kind: outcome.kind } }
      : decided(outcome, visitor);
  },
  'POST /desk/requests/{id}/refusal': async ({ world, params, body, me, visitor }) => {
    const outcome = await desk.decline(world, params.id, body.reason, { me, visitor });
    return outcome.kind === 'done' || outcome.kind === 'approved'
      ? { status: 204 }
      : decided(outcome, visitor);
  },
  'POST /desk/requests/{id}/collection': async ({ world, params, me, visitor }) => {
    const outcome = await desk.collect(world, params.id, { me, visitor });
    if (outcome.kind === 'over') return wrongState(over, visitor);
    if (outcome.kind === 'not-yours') return refuse('not-allowed');
    return issued(outcome, visitor);
  },
  'GET /desk/templates': async ({ world }) => ({
    status: 200,
    body: { items: await templates.list(world) },
  }),
  'PUT /desk/templates': async ({ world, body, me, visitor }) => ({
    status: 200,
    body: { items: await templates.keep(world, body.items, { me, visitor }) },
  }),
  'GET /kit': async ({ world, me }) => {
    const [state, person] = await Promise.all([kit.stateOf(world, me), staff.byId(world, me.id)]);
    const address = world.config.url;
    return { status: 200, body: { address, name: person?.sign_in_name ?? me.email, ...state } };
  },
  'POST /kit/printed': async ({ world, me, visitor }) => {
    const outcome = await kit.printed(world, { me, visitor });
    return outcome.kind === 'no-codes' ? refused('no-factor', visitor) : { status: 204 };
  },
  'POST /kit/rehearsal': async ({ world, body, me, visitor }) => {
    const tried = await kit.rehearse(world, body.code, { me, visitor });
    return tried.kind === 'right' ? { status: 204 } : refuseTry(world, tried);
  },
});
