// The addresses of one's notices.
import { bind } from '../http.ts';
import { noticesContract } from './contract.ts';
import * as notices from './notices.ts';

const noticeView = (notice: notices.Shown) => ({
  id: notice.id,
  kind: notice.kind,
  at: notice.at,
  readAt: notice.read_at,
  by: { id: notice.by_id, name: notice.by_name },
  text: notice.text,
  excerpt: notice.excerpt,
  object: notice.object,
});

export const noticesRoutes = bind(noticesContract)({
  'GET /inbox': async ({ world, me, query, visitor }) => {
    const { unread, limit, after } = query;
    const asked = { unread: unread === 'true', limit, after, language: visitor.language };
    const page = await notices.list(world, me, asked);
    return { status: 200, body: { items: page.items.map(noticeView), next: page.next } };
  },
  'GET /inbox/count': async ({ world, me }) => ({
    status: 200,
    body: { unread: await notices.unread(world, me.id) },
  }),
  'POST /inbox/read': async ({ world, me, body }) => ({
    status: 200,
    body: { unread: await notices.markRead(world, me.id, body) },
  }),
  'GET /inbox/settings': async ({ world, me, visitor }) => ({
    status: 200,
    body: { items: await notices.ways(world, me.id, visitor.language) },
  }),
  'PUT /inbox/settings': async ({ world, me, body, visitor }) => {
    await notices.chooseWays(world, me.id, body.items);
    return { status: 200, body: { items: await notices.ways(world, me.id, visitor.language) } };
  },
});
