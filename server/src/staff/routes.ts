// The addresses of people.
import { bind, refuse, type Visitor } from '../http.ts';
import type { Language } from '../problems.ts';
import { staffContract } from './contract.ts';
import type { PasswordFault } from './rules.ts';
import * as staff from './staff.ts';

export function personView(person: staff.Person) {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    role: person.role,
    teamId: person.team_id,
    state: person.state,
    language: person.language,
    createdAt: person.created_at,
  };
}

const weak: Record<PasswordFault, Record<Language, string>> = {
  'too-short': {
    en: 'Use at least 12 characters; several words in a row are easy to remember.',
    'zh-CN': '密码至少需要 12 个字符，用几个词连成一句会更好记。',
  },
  'too-long': { en: 'Use at most 128 characters.', 'zh-CN': '密码最多 128 个字符。' },
  'too-simple': {
    en: 'This is a repetition or a plain sequence and would be guessed at once.',
    'zh-CN': '该密码是重复或连续的字符，很容易被猜中。',
  },
  'holds-name': {
    en: 'The password must not hold your name or e-mail address.',
    'zh-CN': '密码中不能包含您的姓名或邮箱名。',
  },
  'holds-company': {
    en: 'The password must not hold the company’s name. Use several words that have nothing to do with it.',
    'zh-CN': '密码中不能包含企业名称，请换成几个与企业无关的词语。',
  },
  'too-common': {
    en: 'Attackers try passwords like this one first. Use several unrelated words; no names with numbers, birthdays, phone numbers or keys in a row.',
    'zh-CN':
      '这类密码太常见，攻击者会最先尝试。请换成几个互不相关的词语，不要使用姓名拼音加数字、生日、手机号或连续按键。',
  },
};

/** The answer to a password that will not do, in the reader's language. */
export function weakPassword(fault: PasswordFault, visitor: Visitor) {
  return refuse('password-too-weak', { words: { why: weak[fault][visitor.language] }, members: { fault } });
}

export const staffRoutes = bind(staffContract)({
  'GET /people': async ({ world, query }) => {
    const people = await staff.list(world, { limit: query.limit + 1, after: query.after });
    const page = people.slice(0, query.limit);
    return {
      status: 200,
      body: {
        items: page.map(personView),
        next: people.length > query.limit ? (page.at(-1)?.id ?? null) : null,
      },
    };
  },
  'POST /people': async ({ world, body, me, visitor }) => {
    const outcome = await staff.add(world, { ...body, teamId: body.teamId ?? null }, { me, visitor });
    if (outcome.kind === 'name-taken') return refuse('name-taken');
    if (outcome.kind === 'weak') return weakPassword(outcome.fault, visitor);
    const person = await staff.byId(world, outcome.id);
    if (!person) return refuse('not-found');
    return { status: 201, body: personView(person) };
  },
  'GET /people/{id}': async ({ world, params }) => {
    const person = await staff.byId(world, params.id);
    return person ? { status: 200, body: personView(person) } : refuse('not-found');
  },
  'POST /people/{id}/suspension': async ({ world, params, body, me, visitor }) => {
    const input = { personId: params.id, state: 'suspended' as const, reason: body.reason };
    return settled(await staff.setState(world, input, { me, visitor }), visitor.language);
  },
  'DELETE /people/{id}/suspension': async ({ world, params, me, visitor }) => {
    const input = { personId: params.id, state: 'active' as const, reason: '' };
    return settled(await staff.setState(world, input, { me, visitor }), visitor.language);
  },
  'PATCH /me': async ({ world, body, me }) => {
    await staff.setLanguage(world, me.id, body.language);
    return { status: 204 };
  },
});

function settled(outcome: Awaited<ReturnType<typeof staff.setState>>, language: Language) {
  if (outcome.kind === 'not-found') return refuse('not-found');
  if (outcome.kind === 'oneself')
    return refuse('wrong-state', {
      words: { state: language === 'zh-CN' ? '不能停用自己的账号' : 'one cannot suspend oneself' },
    });
  return { status: 204 as const };
}
