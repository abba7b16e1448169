// Person by person: won, committed and target; whoever leads them sets the targets here.
import { Button } from '@mantine/core';
import { IconTarget } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { moneyOf } from '../deals/board.ts';
import { Card } from '../ui/Page.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import css from './analysis.module.css';
import { DataTable, Download, type TableColumn } from './DataTable.tsx';
import { percent } from './period-words.ts';
import { type Forecast, type Part, partDeals } from './search.ts';
import { TargetSheet } from './TargetSheet.tsx';
import { type Asked, useForecast, usePeople } from './use-asked.ts';

type Row = Forecast['people'][number];

export function TargetsCard({ asked }: { asked: Asked }) {
  const { t } = useWords('analysis');
  const sheet = useSheet();
  const { maySetTargets } = usePeople();
  const forecast = useForecast(asked).data;
  const nameOf = (row: Row) => row.owner?.name ?? t('nobody');
  const money = (
    key: string,
    head: string,
    amount: (row: Row) => number | null,
    part?: Part,
  ): TableColumn<Row> => ({
    key,
    head,
    end: true,
    plain: row => moneyIn(row, amount(row)),
    cell: row => {
      const said = moneyIn(row, amount(row)) ?? '—';
      if (!part || !forecast || !amount(row)) return said;
      const whose = { ...asked.narrow, owner: row.owner?.id ?? 'none' };
      return (
        <Link
          to="/deals"
          search={partDeals(whose, forecast, part, row.currency)}
          className="lk-link"
          aria-label={`${nameOf(row)} ${head} ${said}`}
        >
          {said}
        </Link>
      );
    },
  });
  const columns: TableColumn<Row>[] = [
    { key: 'name', head: t('activity.person'), cell: nameOf, plain: nameOf },
    { key: 'currency', head: t('deal.currency'), cell: row => row.currency, plain: row => row.currency },
    money('target', t('target.one'), row => row.target),
    money('won', t('outcomes.won'), row => row.won, 'won'),
    {
      key: 'reached',
      head: t('target.reached'),
      end: true,
      cell: row => (row.target ? percent(row.won, row.target) : '—'),
      plain: row => (row.target ? percent(row.won, row.target) : null),
    },
    money('committed', t('call.committed'), row => row.won + row.sure),
    money('best', t('call.best'), row => row.won + row.sure + row.likely),
    money('weighted', t('call.weighted'), row => row.won + row.weighted),
  ];
  return (
    <Card
      title={t('target.title')}
      aside={
        <span className={css.aside}>
          <Download name={t('target.title')} rows={forecast?.people ?? []} columns={columns} />
          {maySetTargets ? (
            <Button
              variant="default"
              leftSection={<IconTarget size={18} aria-hidden />}
              onClick={() => sheet.open('target')}
            >
              {t('target.set')}
            </Button>
          ) : null}
        </span>
      }
    >
      {forecast?.people.length === 0 ? <p className={css.none}>{t('forecast.none')}</p> : null}
      {forecast && forecast.people.length > 0 ? (
        <DataTable
          label={t('target.title')}
          rows={forecast.people}
          id={row => `${row.owner?.id} ${row.currency}`}
          columns={columns}
        />
      ) : null}
      <TargetSheet opened={sheet.is('target')} onClose={sheet.close} period={asked.period} />
    </Card>
  );
}

const moneyIn = (row: Row, amount: number | null) => (amount === null ? null : moneyOf(amount, row.currency));
