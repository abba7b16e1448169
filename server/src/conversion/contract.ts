// Turning leads into customers over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';
import { LeadView } from '../leads/contract.ts';

const Match = z.object({
  id: z.uuid(),
  name: z.string(),
  owner: f.Person.nullable(),
  by: z
    .enum(['name', 'phone', 'email'])
    .describe('What it has in common with the lead, itself or by a contact'),
});

/** One of the customers that are there, or what a new one is called. */
const intoCustomer = z.union([
  z.strictObject({ id: z.uuid() }),
  z.strictObject({ name: f.line(200).min(1), ownerId: z.uuid().nullish() }),
]);

const deal = z.strictObject({
  title: f.line(200).min(1),
  amount: z.int().min(0).max(1e15).optional().describe('In minor units'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  stageId: z.uuid().optional(),
  expectedOn: f.day.optional(),
});

export const conversionContract = {
  'GET /leads/{id}/matches': {
    summary:
      'The customers within one’s reach that a lead may be; of others only whether there is one and whose, which is logged and counted',
    access: ['update', 'lead'],
    params: f.ById,
    replies: {
      200: z.object({
        items: z.array(Match),
        taken: z.boolean().describe('Somebody else has such a customer'),
        owner: z.object({ name: z.string() }).nullable(),
      }),
    },
  },
  'POST /leads/{id}/convert': {
    summary:
      'Turns a lead into a customer, with a contact and a deal where wanted, in one step; again answers what came of it',
    access: ['update', 'lead'],
    params: f.ById,
    body: z.strictObject({
      customer: intoCustomer,
      contact: z.boolean().default(true).describe('Keeps the person as a contact of the customer'),
      deal: deal.optional(),
    }),
    replies: { 200: LeadView },
  },
} as const;
