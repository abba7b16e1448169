// The address of the one search.
import { bind } from '../http.ts';
import { searchContract } from './contract.ts';
import * as search from './search.ts';

export const searchRoutes = bind(searchContract)({
  'GET /search': async ({ world, query, me, visitor }) => ({
    status: 200,
    body: { groups: await search.search(world, query, { me, visitor }) },
  }),
});
