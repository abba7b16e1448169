// The addresses of devices and sessions, and of suspending people, which ends theirs.
import { bind, refuse } from '../http.ts';
import type { Language } from '../problems.ts';
import { devicesContract } from './contract.ts';
import * as devices from './devices.ts';

export const devicesRoutes = bind(devicesContract)({
  'GET /devices': async ({ world, me }) => {
    const items = await devices.list(world, me.id);
    return {
      status: 200,
      body: {
        items: items.map(device => ({
          id: device.id,
          label: device.label,
          address: device.address,
          createdAt: device.created_at,
          lastSeenAt: device.last_seen_at,
          current: device.id === me.deviceId,
        })),
        next: null,
      },
    };
  },
  'GET /sessions': async ({ world, me }) => {
    const items = await devices.sessions(world, me.id);
    return {
      status: 200,
      body: {
        items: items.map(session => ({
          id: session.id,
          device: session.label,
          address: session.address,
          createdAt: session.created_at,
          lastSeenAt: session.last_seen_at,
          endsAt: session.ends_at,
          current: session.id === me.sessionId,
        })),
        next: null,
      },
    };
  },
  'GET /offline-key': async ({ world, me, query }) => ({
    status: 200,
    body: await devices.offlineKey(world, { me, box: query.box }),
  }),
  'POST /people/{id}/suspension': async ({ world, params, body, me, visitor }) => {
    const input = { personId: params.id, state: 'suspended' as const, reason: body.reason };
    return settled(await devices.setState(world, input, { me, visitor }), visitor.language);
  },
});

function settled(outcome: Awaited<ReturnType<typeof devices.setState>>, language: Language) {
  if (outcome.kind === 'not-found') return refuse('not-found');
  if (outcome.kind === 'oneself')
    return refuse('wrong-state', {
      words: { state: language === 'zh-CN' ? '不能停用自己的账号' : 'one cannot suspend oneself' },
    });
  return { status: 204 as const };
}
