// The outbox's addresses.
import { bind, refuse } from '../http.ts';
import { may } from '../permissions.ts';
import { messagesContract } from './contract.ts';
import * as messages from './messages.ts';

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

  'POST /outbox/test': async ({ world, me, visitor, body }) => {
    const input = { to: body.to, language: visitor.language, by: me, visitor };
    const outcome = await messages.sendTest(world, input);
    if (outcome.kind === 'no-address')
      return refuse('invalid', {
        members: { faults: [{ path: 'to', message: 'is not one plain e-mail address' }] },
      });
    const problem = outcome.kind === 'failed' ? outcome.problem : null;
    return { status: 200, body: { state: outcome.kind, problem } };
  },
});
