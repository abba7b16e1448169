// The addresses of one's own devices and sessions.
import { bind, refuse } from '../http.ts';
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
  'DELETE /devices/{id}': async ({ world, me, visitor, params }) => {
    const outcome = await devices.revoke(world, { personId: me.id, deviceId: params.id }, { me, visitor });
    return outcome.kind === 'revoked' ? { status: 204 } : refuse('not-found');
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
  'DELETE /sessions': async ({ world, me, visitor }) => {
    const input = { personId: me.id, exceptId: me.sessionId, why: 'ended-by-owner' };
    return { status: 200, body: { ended: await devices.endAllSessions(world, input, { me, visitor }) } };
  },
  'DELETE /sessions/{id}': async ({ world, me, visitor, params }) => {
    const input = { personId: me.id, sessionId: params.id, why: 'ended-by-owner' };
    const outcome = await devices.endSession(world, input, { me, visitor });
    return outcome.kind === 'ended' ? { status: 204 } : refuse('not-found');
  },
});
