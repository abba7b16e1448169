// The addresses of recovery.
import { setTimeout as sleep } from 'node:timers/promises';
import { bind, refuse } from '../http.ts';
import { evenly } from '../sign-in/routes.ts';
import { weakPassword } from '../staff/routes.ts';
import { recoveryContract } from './contract.ts';
import * as recovery from './recovery.ts';

export const recoveryRoutes = bind(recoveryContract)({
  'POST /recovery': async ({ world, body, visitor }) => {
    if (!world.workspaceId) return refuse('set-up-needed', { words: { url: world.config.url } });
    const [begun] = await Promise.all([recovery.begin(world, visitor, body.name), sleep(evenly)]);
    return { status: 202, body: begun };
  },
  'POST /recovery/proofs': async ({ world, body, visitor }) => {
    const outcome = await recovery.prove(world, visitor, body);
    switch (outcome.kind) {
      case 'proved':
        return { status: 200, body: { kind: 'proved', flow: body.flow } };
      case 'wrong':
        return refuse('code-wrong');
      case 'dead':
        return refuse('code-dead');
      case 'slow-down':
        return refuse('slow-down', {
          retryAfter: outcome.retryAfter,
          words: { seconds: Math.ceil(outcome.retryAfter) },
        });
    }
  },
  'POST /recovery/password': async ({ world, body, visitor }) => {
    const outcome = await recovery.setPassword(world, visitor, body);
    if (outcome.kind === 'dead') return refuse('code-dead');
    return outcome.kind === 'weak' ? weakPassword(outcome.fault, visitor) : { status: 204 };
  },
});
