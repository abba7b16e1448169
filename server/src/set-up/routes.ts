// The addresses of the first start.
import { bind, refuse } from '../http.ts';
import { userView } from '../sign-in/routes.ts';
import { sessionCookies } from '../sign-in/session-cookies.ts';
import { weakPassword } from '../staff/routes.ts';
import { setUpContract } from './contract.ts';
import * as setUp from './set-up.ts';

export const setUpRoutes = bind(setUpContract)({
  'GET /setup': async ({ world }) => ({
    status: 200,
    body: {
      needed: await setUp.needed(world),
      demo: world.config.demo,
      outbox: world.config.demo && !world.mail.configured,
    },
  }),
  'POST /setup': async ({ world, body, visitor, permit }) => {
    const outcome = await setUp.setUp(world, permit, visitor, body);
    if (outcome.kind === 'gone') return refuse('set-up-done');
    if (outcome.kind === 'weak') return weakPassword(world, outcome.fault, visitor);
    return {
      status: 201,
      body: { kind: 'signed-in', user: userView(outcome.person) },
      cookies: sessionCookies(world.config, outcome.opened),
    };
  },
});
