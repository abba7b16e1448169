// The fields that columns of a file may become: the one list of them, for whoever imports and in his language.
import * as customFields from '../custom-fields/custom-fields.ts';
import { importFields, joinedFields, requiredFields, standIns } from '../mapping/fields.ts';
import type { ImportField } from '../mapping/mapping.ts';
import type { Hand } from '../permissions.ts';
import type { Language } from '../problems.ts';
import * as products from '../products/imported.ts';
import type { World } from '../world.ts';
import { isPermitted } from './setting.ts';
import type { ImportRow } from './store.ts';

export type Offered = {
  field: ImportField;
  /** What somebody has called it; null: the pages have words for it. */
  label: string | null;
  /** `needed`: a file must have it, or one that stands in for it. */
  need: 'needed' | 'stands-in' | 'free';
  /** Several columns may feed it. */
  several: boolean;
};

/** The price lists whose prices columns of such a file may be. */
export async function listsFor(world: World, object: ImportRow['object']) {
  const lists = object === 'product' ? await products.listsOf(world) : [];
  return lists.map(list => ({ ...list, field: `list.${list.id}` as const }));
}

/** All that rows of such an import may fill, in the order in which people look for them. */
export async function offeredFor(
  world: World,
  object: ImportRow['object'],
  hand: Hand,
  language: Language,
): Promise<Offered[]> {
  const stands: readonly ImportField[] = standIns[object] ?? [];
  const joined: readonly ImportField[] = joinedFields;
  const usual = importFields[object].map((field): Offered => {
    const need = field === requiredFields[object] ? 'needed' : stands.includes(field) ? 'stands-in' : 'free';
    return { field, label: null, need, several: joined.includes(field) };
  });
  const own = (await customFields.importable(world, object)).map((field): Offered => {
    const label = customFields.labelIn(field, language);
    return { field: `custom.${field.key}`, label, need: 'free', several: false };
  });
  const lists = (await listsFor(world, object)).map((list): Offered => {
    const label =
      language === 'zh-CN'
        ? `价格表“${list.name}”（${list.currency}）`
        : `Price in “${list.name}” (${list.currency})`;
    return { field: list.field, label, need: 'free', several: false };
  });
  return [...usual, ...lists, ...own].filter(({ field }) => isPermitted(field, object, hand));
}
