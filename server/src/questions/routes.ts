// The addresses of security questions.
import * as factors from '../factors/factors.ts';
import { bind, refuse } from '../http.ts';
import type { Language } from '../problems.ts';
import { questionsContract } from './contract.ts';
import * as questions from './questions.ts';

const unfit: Record<questions.Fault['why'], Record<Language, string>> = {
  short: { en: 'The answer is too short.', 'zh-CN': '答案太短。' },
  same: { en: 'Each question needs another answer.', 'zh-CN': '每个问题的答案不能相同。' },
  'asked-twice': { en: 'This question is asked already.', 'zh-CN': '该问题已选用。' },
  'in-question': { en: 'The question gives the answer away.', 'zh-CN': '问题中包含了答案。' },
  yourself: { en: 'Your own name is no secret.', 'zh-CN': '请勿使用自己的姓名或邮箱。' },
};
const off: Record<Language, string> = {
  en: 'security questions are switched off',
  'zh-CN': '安全问题未启用',
};

export const questionsRoutes = bind(questionsContract)({
  'GET /security-questions': async ({ world, me }) => {
    const [policy, set] = await Promise.all([questions.policyOf(world), questions.own(world, me.id)]);
    type Set = { at: string; questions: { own: string }[] };
    return { status: 200, body: { offered: policy.enabled, set: set as Set | null } };
  },
  'PUT /security-questions': async ({ world, me, visitor, body }) => {
    if (!(await factors.isFresh(world, me))) return refuse('confirm-first');
    const outcome = await questions.set(world, body.items, { me, visitor });
    if (outcome.kind === 'set') return { status: 204 };
    if (outcome.kind === 'off') return refuse('wrong-state', { words: { state: off[visitor.language] } });
    const { at, why } = outcome.fault;
    const path = `items.${at}.${why === 'asked-twice' ? 'question' : 'answer'}`;
    return refuse('invalid', { members: { faults: [{ path, message: unfit[why][visitor.language] }] } });
  },
  'DELETE /security-questions': async ({ world, me, visitor }) => {
    if (!(await factors.isFresh(world, me))) return refuse('confirm-first');
    await questions.remove(world, { me, visitor });
    return { status: 204 };
  },
  'GET /policies/questions': async ({ world }) => ({ status: 200, body: await questions.policyOf(world) }),
  'PUT /policies/questions': async ({ world, me, visitor, body }) => ({
    status: 200,
    body: await questions.choosePolicy(world, body, { me, visitor }),
  }),
});
