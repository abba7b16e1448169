// The columns of a list as somebody has chosen them, the workspace's own fields among them.
import { CustomValue } from '../custom-fields/CustomValue.tsx';
import { useFields } from '../custom-fields/use-fields.ts';
import { type Custom, type CustomObject, keyOf } from '../custom-fields/values.ts';
import type { Column } from '../ui/RecordList.tsx';
import { chosen } from './view.ts';

/** `further`: not among the usual ones. */
export type Offered = { key: string; head: string; further?: boolean };

/** All columns there are, and those to show: the usual ones while nobody has chosen. */
export function useColumns<T extends { custom: Custom }>(
  object: CustomObject,
  columns: Column<T>[],
  cols: string | undefined,
  /** Those one may choose in addition. */
  further: Column<T>[] = [],
): { offered: Offered[]; columns: Column<T>[] } {
  const { fields } = useFields(object);
  const own = fields.map(
    (field): Column<T> => ({
      key: keyOf(field),
      head: field.label,
      track: 'minmax(0, 1.2fr)',
      end: field.kind === 'number' || field.kind === 'money',
      cell: item => <CustomValue field={field} value={item.custom[field.key]} />,
    }),
  );
  const all = [...columns, ...further.map(column => ({ ...column, further: true })), ...own];
  const usual = columns.map(column => column.key);
  return { offered: all, columns: chosen(all, cols, usual) };
}

/** The same for records without fields of the workspace's own. */
export function plainColumns<T>(columns: Column<T>[], cols: string | undefined) {
  const usual = columns.map(column => column.key);
  return { offered: columns as Offered[], columns: chosen(columns, cols, usual) };
}
