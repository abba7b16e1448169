// The addresses that turn leads into customers.
import { bind, refuse } from '../http.ts';
import { leads } from '../leads/leads.ts';
import { leadView } from '../leads/routes.ts';
import { answersOf, wrong } from '../records/routes.ts';
import { conversionContract } from './contract.ts';
import * as conversion from './conversion.ts';

const answers = answersOf(leads, leadView);

export const conversionRoutes = bind(conversionContract)({
  'GET /leads/{id}/matches': async ({ world, params, ...by }) => {
    const outcome = await conversion.matches(world, params.id, by);
    if (outcome.kind === 'too-many') return refuse('slow-down', { words: { seconds: 600 }, retryAfter: 600 });
    if (outcome.kind !== 'matches') return refuse('not-found');
    const { items, taken, ownerName } = outcome;
    return { status: 200, body: { items, taken, owner: ownerName === null ? null : { name: ownerName } } };
  },
  'POST /leads/{id}/convert': async ({ world, params, body, ifMatch: version, ...by }) => {
    const outcome = await conversion.convert(world, { id: params.id, version, ...body }, by);
    switch (outcome.kind) {
      case 'converted':
        return { status: 200, ...answers.tagged(outcome.lead, by) };
      case 'changed-meanwhile':
        return answers.conflict(outcome.current, body, by);
      case 'no-such-customer':
        return wrong('customer.id', 'is no customer that you may change');
      case 'no-such-owner':
        return wrong('customer.ownerId', 'is nobody who may own a customer');
      case 'no-such-stage':
        return wrong('deal.stageId', 'is no stage that a deal may begin at');
      case 'fields-missing': {
        const faults = outcome.fields.map(field => ({
          path: `deal.${field}`,
          message: 'is needed at this stage',
        }));
        return refuse('invalid', { members: { faults } });
      }
      default:
        return refuse(outcome.kind);
    }
  },
});
