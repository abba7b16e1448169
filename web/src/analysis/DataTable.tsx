// The figures of a card as a table: what a chart shows, readable by everybody, and as a file for who may export.
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMe } from '../session.ts';
import { useWords } from '../words.ts';
import css from './analysis.module.css';
import { type Cell, download } from './csv.ts';

export type TableColumn<T> = {
  key: string;
  head: string;
  cell: (row: T) => ReactNode;
  /** The same as a value of the file. */
  plain: (row: T) => Cell;
  end?: boolean;
};

type DataTableProps<T> = { label: string; rows: T[]; id: (row: T) => string; columns: TableColumn<T>[] };

export function DataTable<T>({ label, rows, id, columns }: DataTableProps<T>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard
    <section className={css.scroll} aria-label={label} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.key} scope="col" data-end={column.end || undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={id(row)}>
              {columns.map((column, place) =>
                place === 0 ? (
                  <th key={column.key} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} data-end={column.end || undefined}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Hands a table over as a CSV file. */
export function Download<T>({ name, rows, columns }: { name: string; rows: T[]; columns: TableColumn<T>[] }) {
  const { t } = useWords('analysis');
  const { may } = useMe();
  if (!may('export:deal') || rows.length === 0) return null;
  const cells = () => [
    columns.map(column => column.head),
    ...rows.map(row => columns.map(one => one.plain(row))),
  ];
  return (
    <Button
      variant="subtle"
      size="compact-md"
      leftSection={<IconDownload size={16} aria-hidden />}
      aria-label={t('download.of', { name })}
      onClick={() => download(name, cells())}
    >
      CSV
    </Button>
  );
}
