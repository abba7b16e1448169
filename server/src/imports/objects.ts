// What rows of a file may become, beside customers and contacts: rooms that say so in their `imported.ts`.
import { importedActivities } from '../activities/imported.ts';
import { importedDeals } from '../deals/imported.ts';
import type { ImportedObject } from '../records/imported.ts';
import type { ImportObject } from './rules/headings.ts';

/** The objects of further rooms; another one joins by a line here and its fields in the contract. */
export const linked: Partial<Record<ImportObject, ImportedObject>> = {
  deal: importedDeals,
  activity: importedActivities,
};
