// All contracts in one type, for the pages' typed client; the only part of the server a page may see.
import type { z } from 'zod';
import type { accountsContract } from './accounts/contract.ts';
import type { activitiesContract } from './activities/contract.ts';
import type { agendaContract } from './agenda/contract.ts';
import type { alertsContract } from './alerts/contract.ts';
import type { analysisContract } from './analysis/contract.ts';
import type { auditContract } from './audit/contract.ts';
import type { automationContract } from './automation/contract.ts';
import type { batchesContract } from './batches/contract.ts';
import type { binContract } from './bin/contract.ts';
import type { commentsContract } from './comments/contract.ts';
import type { contactPointsContract } from './contact-points/contract.ts';
import type { contactsContract } from './contacts/contract.ts';
import type { conversionContract } from './conversion/contract.ts';
import type { customFieldsContract } from './custom-fields/contract.ts';
import type { customersContract } from './customers/contract.ts';
import type { dealsContract } from './deals/contract.ts';
import type { deskContract } from './desk/contract.ts';
import type { devicesContract } from './devices/contract.ts';
import type { duplicatesContract } from './duplicates/contract.ts';
import type { eventsContract } from './events/contract.ts';
import type { exportsContract } from './exports/contract.ts';
import type { factorsContract } from './factors/contract.ts';
import type { filesContract } from './files/contract.ts';
import type { firstStepsContract } from './first-steps/contract.ts';
import type { handoverContract } from './handover/contract.ts';
import type { importsContract } from './imports/contract.ts';
import type { intakeContract } from './intake/contract.ts';
import type { leadsContract } from './leads/contract.ts';
import type { locksContract } from './locks/contract.ts';
import type { messagesContract } from './messages/contract.ts';
import type { networksContract } from './networks/contract.ts';
import type { noticesContract } from './notices/contract.ts';
import type { ordersContract } from './orders/contract.ts';
import type { poolContract } from './pool/contract.ts';
import type { productsContract } from './products/contract.ts';
import type { questionsContract } from './questions/contract.ts';
import type { recoveryContract } from './recovery/contract.ts';
import type { rolesContract } from './roles/contract.ts';
import type { searchContract } from './search/contract.ts';
import type { selfCheckContract } from './self-check/contract.ts';
import type { setUpContract } from './set-up/contract.ts';
import type { sharingContract } from './sharing/contract.ts';
import type { signInContract } from './sign-in/contract.ts';
import type { staffContract } from './staff/contract.ts';
import type { storiesContract } from './stories/contract.ts';
import type { supportContract } from './support/contract.ts';
import type { tasksContract } from './tasks/contract.ts';
import type { viewsContract } from './views/contract.ts';
import type { weatherContract } from './weather/contract.ts';
import type { workspacesContract } from './workspaces/contract.ts';

type All = typeof accountsContract &
  typeof activitiesContract &
  typeof alertsContract &
  typeof analysisContract &
  typeof auditContract &
  typeof commentsContract &
  typeof contactPointsContract &
  typeof contactsContract &
  typeof customFieldsContract &
  typeof conversionContract &
  typeof automationContract &
  typeof poolContract &
  typeof customersContract &
  typeof dealsContract &
  typeof deskContract &
  typeof devicesContract &
  typeof duplicatesContract &
  typeof binContract &
  typeof filesContract &
  typeof exportsContract &
  typeof eventsContract &
  typeof factorsContract &
  typeof importsContract &
  typeof intakeContract &
  typeof leadsContract &
  typeof locksContract &
  typeof messagesContract &
  typeof networksContract &
  typeof ordersContract &
  typeof tasksContract &
  typeof agendaContract &
  typeof productsContract &
  typeof noticesContract &
  typeof questionsContract &
  typeof recoveryContract &
  typeof rolesContract &
  typeof sharingContract &
  typeof handoverContract &
  typeof batchesContract &
  typeof firstStepsContract &
  typeof viewsContract &
  typeof searchContract &
  typeof selfCheckContract &
  typeof setUpContract &
  typeof signInContract &
  typeof weatherContract &
  typeof workspacesContract &
  typeof staffContract &
  typeof supportContract &
  typeof storiesContract;

type In<S> = S extends z.ZodType ? z.input<S> : undefined;
type Success<R> = { [S in keyof R]: S extends 200 | 201 | 202 ? R[S] : never }[keyof R];
type Out<S> = S extends z.ZodType ? z.output<S> : S extends string ? string : null;

/** `{'GET /customers': {params, query, body, reply}}` for every address under /api/v1. */
export type Api = {
  [K in keyof All]: {
    params: All[K] extends { params: infer P } ? In<P> : undefined;
    query: All[K] extends { query: infer Q } ? In<Q> : undefined;
    body: All[K] extends { body: infer B } ? In<B> : undefined;
    reply: All[K] extends { replies: infer R } ? Out<Success<R>> : null;
  };
};
