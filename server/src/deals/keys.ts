// The keys under which deals are found: by their titles, and by the values of own fields.
import type { Custom } from '../custom-fields/custom-fields.ts';
import { valueKeys } from '../custom-fields/custom-fields.ts';
import { markOf, titleKeys } from '../folding.ts';
import type { World } from '../world.ts';

/** The search keys of a deal. */
export const keysOf = (world: World, row: { title: string; custom?: Custom | undefined }): number[] =>
  titleKeys(markOf(world.workspaceId), row.title, valueKeys(row.custom ?? {}));
