// Every route of the product in one list; what is not here cannot be called.
import { auditRoutes } from './audit/routes.ts';
import { devicesRoutes } from './devices/routes.ts';
import type { Route } from './http.ts';
import { messagesRoutes } from './messages/routes.ts';
import { staffRoutes } from './staff/routes.ts';

export const routes: Route[] = [...staffRoutes, ...devicesRoutes, ...auditRoutes, ...messagesRoutes];
