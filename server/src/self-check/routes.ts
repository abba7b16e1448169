// The addresses of the self-check.
import { bind } from '../http.ts';
import { selfCheckContract } from './contract.ts';
import * as selfCheck from './self-check.ts';

export const selfCheckRoutes = bind(selfCheckContract)({
  'GET /self-check': async ({ world, me, visitor }) => ({
    status: 200,
    body: await selfCheck.ofPerson(world, { me, language: visitor.language }),
  }),
  'GET /self-check/system': async ({ world, me, visitor }) => ({
    status: 200,
    body: await selfCheck.ofSystem(world, { me, language: visitor.language }),
  }),
});
