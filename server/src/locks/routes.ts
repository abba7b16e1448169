// The addresses of the lock policy; locks are lifted at the desk.
import { bind, refuse } from '../http.ts';
import type { Language } from '../problems.ts';
import { LockLanes, locksContract } from './contract.ts';
import * as locks from './locks.ts';
import { faultWords, warningWords } from './policy-words.ts';

export const locksRoutes = bind(locksContract)({
  'GET /policies/lock': async ({ world, visitor }) => ({
    status: 200,
    body: policyView(await locks.choiceOf(world), visitor.language),
  }),
  'GET /policies/lock/preview': async ({ world, query, visitor }) => {
    const { language } = visitor;
    const present = await locks.choiceOf(world);
    const { preset, failures, minutes, newDevice, abnormal } = query;
    const lanes = preset === 'custom' ? lanesIn(query.lanes) : undefined;
    if (preset === 'custom' && !lanes)
      return refuse('invalid', { members: { faults: [{ path: 'lanes', message: lanesMissing[language] }] } });
    const arrivals = {
      newDevice: newDevice ?? present.arrivals.newDevice,
      abnormal: abnormal ?? present.arrivals.abnormal,
    };
    const draft: locks.Choice = { preset, failures, minutes, lanes, arrivals };
    const { faults } = locks.check(draft);
    if (faults.length > 0) return foolish(faults, language);
    const outcome = await locks.preview(world, draft);
    if (outcome.kind === 'busy')
      return refuse('busy', { retryAfter: outcome.retryAfter, words: { seconds: outcome.retryAfter } });
    return { status: 200, body: { ...policyView(draft, language), ...outcome.preview } };
  },
  'PUT /policies/lock': async ({ world, body, me, visitor }) => {
    const outcome = await locks.choose(world, body, { me, visitor });
    if (outcome.kind === 'foolish') return foolish(outcome.faults, visitor.language);
    return { status: 200, body: policyView(await locks.choiceOf(world), visitor.language) };
  },
});

const lanesMissing = {
  en: 'Give the four lanes of the custom policy as JSON: knownDevice, familiarNetwork, strangers, alarm.',
  'zh-CN': '请以 JSON 提供自定义策略的四条通道：knownDevice、familiarNetwork、strangers、alarm。',
};

/** The lanes written in a query; undefined for anything that is none. */
function lanesIn(text: string | undefined) {
  try {
    return LockLanes.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

function foolish(faults: ReturnType<typeof locks.check>['faults'], language: Language) {
  return refuse('invalid', {
    members: {
      faults: faults.map(fault => ({
        path: `lanes.${fault.lane}.${fault.field}`,
        message: faultWords(fault, language),
      })),
    },
  });
}

/** A choice of policy as it travels. */
export function policyView(choice: locks.Choice, language: Language) {
  const { policy, warnings } = locks.check(choice);
  return {
    preset: choice.preset,
    ...(choice.preset === 'classic' ? { failures: choice.failures ?? 5, minutes: choice.minutes ?? 30 } : {}),
    lanes: policy.lanes,
    arrivals: choice.arrivals,
    warnings: warnings.map(one => ({ ...one, words: warningWords(one, language) })),
  };
}
