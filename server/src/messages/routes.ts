// The outbox's addresses.
import { bind, refuse } from '../http.ts';
import { may } from '../permissions.ts';
import type { Language } from '../problems.ts';
import { messagesContract } from './contract.ts';
import * as messages from './messages.ts';
import type { TextFault } from './own-words.ts';

type Message = Awaited<ReturnType<typeof messages.list>>[number];

/** A message as it travels. */
function messageView(message: Message) {
  return {
    id: message.id,
    to: message.recipient,
    channel: message.channel,
    template: message.template,
    subject: message.subject,
    body: message.body,
    at: message.created_at,
    state: message.state,
    problem: message.problem,
    attempts: message.attempts,
  };
}

const faults: Record<TextFault, Record<Language, string>> = {
  empty: { en: 'there is nothing in it', 'zh-CN': '内容不能为空' },
  'unknown-value': { en: 'there is no value {{value}}', 'zh-CN': '没有名为 {{value}} 的变量' },
  'missing-value': { en: 'it needs {{value}}', 'zh-CN': '必须保留 {{value}}' },
  'value-in-subject': {
    en: '{{value}} must not stand in the subject, which locked screens show',
    'zh-CN': '{{value}} 不能放在标题中，标题会显示在锁屏上',
  },
  address: {
    en: 'links are written as {{link}} or {{home}} only',
    'zh-CN': '网址只能使用 {{link}} 或 {{home}}',
  },
  'too-long': { en: 'it is longer than 200 characters', 'zh-CN': '短信不能超过 200 个字符' },
};

function faulty({ fault, value }: { fault: TextFault; value: string }, language: Language) {
  const message = faults[fault][language].replace('{{value}}', `{{${value}}}`);
  return refuse('invalid', { members: { faults: [{ path: 'text', message, fault, value }] } });
}

export const messagesRoutes = bind(messagesContract)({
  'GET /outbox': async ({ world, me, query }) => {
    // In a demo that sends no mail the outbox is everybody's letter box: the sign-in page links to it, and nobody
    // could otherwise get at a code. Everywhere else it would hand out other people's messages.
    const open = world.config.demo && !world.mail.configured;
    if (!open && !me) return refuse('signed-out');
    if (!open && me && may(me, 'read', 'outbox') === 'none') return refuse('not-allowed');
    const found = await messages.list(world, { to: query.to, after: query.after, limit: query.limit + 1 });
    const page = found.slice(0, query.limit);
    return {
      status: 200,
      body: {
        items: page.map(messageView),
        next: found.length > query.limit ? (page.at(-1)?.id ?? null) : null,
      },
    };
  },

  'GET /message-templates': async ({ world }) => ({
    status: 200,
    body: { items: await messages.templates.list(world), next: null },
  }),
  'PUT /message-templates': async ({ world, me, visitor, body }) => {
    const { text, ...which } = body;
    const outcome = await messages.templates.keep(world, which, text, { me, visitor });
    if (outcome.kind === 'faulty') return faulty(outcome, visitor.language);
    return outcome.kind === 'kept' ? { status: 204 } : refuse('not-found');
  },
  'POST /message-templates/preview': async ({ world, visitor, body }) => {
    const { text, ...which } = body;
    const outcome = messages.templates.preview(world, which, text);
    if (outcome.kind === 'faulty') return faulty(outcome, visitor.language);
    if (outcome.kind !== 'shown') return refuse('not-found');
    return { status: 200, body: { subject: outcome.subject, body: outcome.body } };
  },

  'POST /outbox/test': async ({ world, me, visitor, body }) => {
    const input = { to: body.to, language: visitor.language, by: me, visitor };
    const outcome = await messages.sendTest(world, input);
    if (outcome.kind === 'no-address')
      return refuse('invalid', {
        members: {
          faults: [{ path: 'to', message: 'is neither one plain e-mail address nor a phone number' }],
        },
      });
    if (outcome.kind === 'not-carried') {
      const why = 'no-template: this service sends notices by a template only (?notice= in SMS_URL)';
      return { status: 200, body: { state: 'failed', problem: why } };
    }
    const problem = outcome.kind === 'failed' ? outcome.problem : null;
    return { status: 200, body: { state: outcome.kind, problem } };
  },
});
