// The addresses of first steps and of the sample.
import { bind, refuse } from '../http.ts';
import { firstStepsContract } from './contract.ts';
import * as firstSteps from './first-steps.ts';

const notEmpty = { en: 'something has been entered', 'zh-CN': '已有数据' };

export const firstStepsRoutes = bind(firstStepsContract)({
  'GET /first-steps': async ({ world, me }) => ({ status: 200, body: await firstSteps.standing(world, me) }),
  'PUT /first-steps': async ({ world, me, body }) => {
    await firstSteps.close(world, me, body.closed);
    return { status: 200, body: await firstSteps.standing(world, me) };
  },
  'GET /first-steps/sample': async ({ world }) => {
    const { records, changed } = await firstSteps.sample(world);
    return {
      status: 200,
      body: { records, changed: changed.map(({ object, id, name }) => ({ object, id, name })) },
    };
  },
  'POST /first-steps/sample': async ({ world, me, visitor }) => {
    const outcome = await firstSteps.addSample(world, { me, visitor });
    if (outcome.kind === 'not-empty')
      return refuse('wrong-state', { words: { state: notEmpty[visitor.language] } });
    return { status: 201, body: { records: outcome.records } };
  },
  'DELETE /first-steps/sample': async ({ world, me, query, visitor }) => ({
    status: 200,
    body: await firstSteps.removeSample(world, query.changed, { me, visitor }),
  }),
});
