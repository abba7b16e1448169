// One's own devices and sessions over HTTP.
import { z } from 'zod';

const ById = z.object({ id: z.uuid() });

export const devicesContract = {
  'GET /devices': {
    summary: 'The browsers on which one is known',
    access: 'person',
    replies: {
      200: z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            label: z.string(),
            address: z.string().nullable(),
            createdAt: z.iso.datetime(),
            lastSeenAt: z.iso.datetime(),
            current: z.boolean(),
          }),
        ),
        next: z.null(),
      }),
    },
  },
  'DELETE /devices/{id}': {
    summary: 'Forgets a device and ends its sessions',
    access: 'person',
    params: ById,
    replies: { 204: null },
  },
  'GET /sessions': {
    summary: 'One’s own open sessions',
    access: 'person',
    replies: {
      200: z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            device: z.string().nullable(),
            address: z.string().nullable(),
            createdAt: z.iso.datetime(),
            lastSeenAt: z.iso.datetime(),
            endsAt: z.iso.datetime(),
            current: z.boolean(),
          }),
        ),
        next: z.null(),
      }),
    },
  },
  'DELETE /sessions': {
    summary: 'Ends all one’s sessions but this one',
    access: 'person',
    replies: { 200: z.object({ ended: z.int() }) },
  },
  'DELETE /sessions/{id}': {
    summary: 'Ends one session',
    access: 'person',
    params: ById,
    replies: { 204: null },
  },
} as const;
