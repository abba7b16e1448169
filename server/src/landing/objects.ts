// What rows of a file may become, beside customers and contacts: rooms that say so in their `imported.ts`.
import { importedActivities } from '../activities/imported.ts';
import { importedDeals } from '../deals/imported.ts';
import { importedLeads } from '../leads/imported.ts';
import type { ImportObject } from '../mapping/mapping.ts';
import { importedOrders } from '../orders/imported.ts';
import { importedProducts } from '../products/imported.ts';
import type { ImportedObject } from '../records/imported.ts';
import { importedTasks } from '../tasks/imported.ts';

/** The objects of further rooms; another one joins by a line here and its fields in the contract. */
export const linked: Partial<Record<ImportObject, ImportedObject>> = {
  deal: importedDeals,
  activity: importedActivities,
  lead: importedLeads,
  product: importedProducts,
  task: importedTasks,
  order: importedOrders,
};
