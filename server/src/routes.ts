// Every route of the product in one list; what is not here cannot be called.
import { accountsRoutes } from './accounts/routes.ts';
import { activitiesRoutes } from './activities/routes.ts';
import { agendaRoutes } from './agenda/routes.ts';
import { alertsRoutes } from './alerts/routes.ts';
import { analysisRoutes } from './analysis/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { automationRoutes } from './automation/routes.ts';
import { batchesRoutes } from './batches/routes.ts';
import { binRoutes } from './bin/routes.ts';
import { commentsRoutes } from './comments/routes.ts';
import { contactPointsRoutes } from './contact-points/routes.ts';
import { contactsRoutes } from './contacts/routes.ts';
import { conversionRoutes } from './conversion/routes.ts';
import { customFieldsRoutes } from './custom-fields/routes.ts';
import { customersRoutes } from './customers/routes.ts';
import { dealsRoutes } from './deals/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import { devicesRoutes } from './devices/routes.ts';
import { duplicatesRoutes } from './duplicates/routes.ts';
import { eventsRoutes } from './events/routes.ts';
import { exportsRoutes } from './exports/routes.ts';
import { factorsRoutes } from './factors/routes.ts';
import { filesRoutes } from './files/routes.ts';
import { firstStepsRoutes } from './first-steps/routes.ts';
import { handoverRoutes } from './handover/routes.ts';
import type { Route } from './http.ts';
import { importsRoutes } from './imports/routes.ts';
import { intakeRoutes } from './intake/routes.ts';
import { leadsRoutes } from './leads/routes.ts';
import { locksRoutes } from './locks/routes.ts';
import { messagesRoutes } from './messages/routes.ts';
import { networksRoutes } from './networks/routes.ts';
import { noticesRoutes } from './notices/routes.ts';
import { ordersRoutes } from './orders/routes.ts';
import { poolRoutes } from './pool/routes.ts';
import { productsRoutes } from './products/routes.ts';
import { questionsRoutes } from './questions/routes.ts';
import { recoveryRoutes } from './recovery/routes.ts';
import { rolesRoutes } from './roles/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { selfCheckRoutes } from './self-check/routes.ts';
import { setUpRoutes } from './set-up/routes.ts';
import { sharingRoutes } from './sharing/routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { storiesRoutes } from './stories/routes.ts';
import { supportRoutes } from './support/routes.ts';
import { tasksRoutes } from './tasks/routes.ts';
import { viewsRoutes } from './views/routes.ts';
import { weatherRoutes } from './weather/routes.ts';
import { workspacesRoutes } from './workspaces/routes.ts';

export const routes: Route[] = [
  ...setUpRoutes,
  ...signInRoutes,
  ...recoveryRoutes,
  ...questionsRoutes,
  ...deskRoutes,
  ...devicesRoutes,
  ...factorsRoutes,
  ...contactPointsRoutes,
  ...locksRoutes,
  ...storiesRoutes,
  ...supportRoutes,
  ...staffRoutes,
  ...rolesRoutes,
  ...sharingRoutes,
  ...handoverRoutes,
  ...batchesRoutes,
  ...viewsRoutes,
  ...accountsRoutes,
  ...messagesRoutes,
  ...networksRoutes,
  ...alertsRoutes,
  ...weatherRoutes,
  ...workspacesRoutes,
  ...auditRoutes,
  ...customFieldsRoutes,
  ...customersRoutes,
  ...contactsRoutes,
  ...leadsRoutes,
  ...activitiesRoutes,
  ...dealsRoutes,
  ...conversionRoutes,
  ...automationRoutes,
  ...poolRoutes,
  ...productsRoutes,
  ...ordersRoutes,
  ...duplicatesRoutes,
  ...binRoutes,
  ...filesRoutes,
  ...tasksRoutes,
  ...agendaRoutes,
  ...noticesRoutes,
  ...commentsRoutes,
  ...eventsRoutes,
  ...analysisRoutes,
  ...intakeRoutes,
  ...importsRoutes,
  ...exportsRoutes,
  ...searchRoutes,
  ...selfCheckRoutes,
  ...firstStepsRoutes,
];
