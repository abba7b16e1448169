// The addresses of recovery.
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import * as arrivals from '../arrivals/arrivals.ts';
import { refuseTry } from '../factors/routes.ts';
import { bind, refuse } from '../http.ts';
import { originOf, originWords } from '../networks/networks.ts';
import type { Language } from '../problems.ts';
import type { Question } from '../questions/contract.ts';
import { evenly } from '../sign-in/routes.ts';
import { weakPassword } from '../staff/routes.ts';
import type { World } from '../world.ts';
import { recoveryContract } from './contract.ts';
import * as recovery from './recovery.ts';
import * as wasItYou from './was-it-you.ts';

export const recoveryRoutes = bind(recoveryContract)({
  'POST /recovery': async ({ world, body, visitor }) => {
    if (!world.workspaceId) return refuse('set-up-needed', { words: { url: world.config.url } });
    const { name, via, flow } = body;
    const how = { via, ...(flow ? { again: flow } : {}) };
    const [begun] = await Promise.all([recovery.begin(world, visitor, name, how), sleep(evenly)]);
    return { status: 202, body: begun };
  },
  'POST /recovery/proofs': async ({ world, body, visitor }) => {
    const outcome = await recovery.prove(world, visitor, body);
    switch (outcome.kind) {
      case 'proved':
        return { status: 200, body: { kind: 'proved', flow: body.flow } };
      case 'factor-needed': {
        const proofs = outcome.kinds.map(kind => ({ kind }));
        return { status: 200, body: { kind: 'factor-needed', flow: body.flow, proofs } };
      }
      case 'answers-needed': {
        const questions = outcome.questions as z.input<typeof Question>[];
        return { status: 200, body: { kind: 'answers-needed', flow: body.flow, questions } };
      }
      default:
        return refuseTry(world, outcome);
    }
  },
  'POST /recovery/answers': async ({ world, body, visitor }) => {
    const tried = await recovery.proveAnswers(world, visitor, body);
    if (tried.kind === 'right') return { status: 200, body: { kind: 'proved', flow: body.flow } };
    return refuseTry(world, tried);
  },
  'POST /recovery/messages': async ({ world, body, visitor }) => {
    const outcome = await recovery.sendFactorCode(world, visitor, body.flow);
    return outcome.kind === 'dead' ? refuse('code-dead') : { status: 202, body: { flow: body.flow } };
  },
  'POST /recovery/passkey': async ({ world, body }) => {
    const begun = await recovery.passkeyOptions(world, body.flow);
    return begun ? { status: 200, body: begun } : refuse('passkey-unavailable');
  },
  'POST /recovery/factors': async ({ world, body, visitor }) => {
    const { flow, ...shown } = body;
    const tried = await recovery.proveFactor(world, visitor, flow, shown as recovery.FactorProof);
    if (tried.kind === 'right') return { status: 200, body: { kind: 'proved', flow } };
    return tried.kind === 'wrong' && body.kind === 'passkey'
      ? refuse('passkey-refused')
      : refuseTry(world, tried);
  },
  'POST /recovery/stop': async ({ world, body, visitor }) => {
    const outcome = await recovery.stop(world, visitor, body.token);
    return outcome.kind === 'dead' ? refuse('link-dead') : { status: 200, body: outcome };
  },
  'POST /recovery/password': async ({ world, body, visitor }) => {
    const outcome = await recovery.setPassword(world, visitor, body);
    if (outcome.kind === 'dead') return refuse('code-dead');
    if (outcome.kind === 'factor-needed') return refuse('factor-first');
    if (outcome.kind === 'answers-needed') return refuse('answers-first');
    return outcome.kind === 'weak' ? await weakPassword(world, outcome.fault, visitor) : { status: 204 };
  },
  'POST /arrivals/{id}/view': async ({ world, params, body, me, visitor }) => {
    const arrival = await wasItYou.view(world, { id: params.id, token: body.token ?? null }, me);
    return arrival ? { status: 200, body: told(world, arrival, visitor.language) } : refuse('link-dead');
  },
  'POST /arrivals/{id}': async ({ world, params, body, me, visitor }) => {
    const asked = { id: params.id, token: body.token ?? null, answer: body.answer };
    const outcome = await wasItYou.answer(world, asked, { me, visitor });
    if (outcome.kind === 'dead') return refuse('link-dead');
    return {
      status: 200,
      body: { kind: outcome.kind, flow: outcome.kind === 'ended' ? outcome.flow : null },
    };
  },
  'GET /arrivals': async ({ world, me, visitor }) => {
    const items = await arrivals.list(world, me.id);
    const views = items.map(arrival => ({ id: arrival.id, ...told(world, arrival, visitor.language) }));
    return { status: 200, body: { items: views, next: null } };
  },
});

function told(world: World, arrival: arrivals.Arrival, language: Language) {
  const { at, address, device, signals, answer } = arrival;
  const place = originWords(originOf(world, address) ?? address, language);
  return { at, address, place, device, signals, answer };
}
