// The draft beside the present policy: what each would have done to the team and to strangers, in figures and bars.
import type { ReactNode } from 'react';
import type { Calls } from '../calls.ts';
import { date, number } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import { harm } from './choices.ts';
import css from './lock-policy.module.css';

export type Preview = Calls['GET /policies/lock/preview']['reply'];
type Outlook = Preview['now'];
type Row = {
  key: string;
  of: (outlook: Outlook) => number;
  good?: boolean;
  write?: (value: number) => string;
};

const owners: Row[] = [
  { key: 'refused', of: one => one.owners.refused },
  { key: 'asked', of: one => one.owners.asked },
];
const strangers: Row[] = [
  { key: 'verified', of: one => one.strangers.verified },
  { key: 'stopped', of: one => one.strangers.stopped, good: true },
  { key: 'locked', of: one => one.strangers.locked, good: true },
];
const attacker: Row[] = [
  { key: 'month', of: one => one.attacker.month },
  { key: 'half-year', of: one => one.attacker.halfYear },
  { key: 'chance', of: one => one.attacker.chance, write: chance },
];

/** A chance as a percentage, with as many digits as tell it from none. */
export function chance(value: number): string {
  const digits = value === 0 ? 0 : value >= 0.01 ? 1 : 4;
  return number(value, { style: 'percent', maximumFractionDigits: digits });
}

export function PolicyPreview({ preview, same }: { preview: Preview; same: boolean }) {
  const { t } = useWords('policies');
  const { now, draft, reference, basis } = preview;
  const hurt = harm(now.owners, draft.owners);
  const { visits } = now.owners;
  const { tries, names } = now.strangers;
  return (
    <>
      {preview.warnings.map(warning => (
        <Note key={warning.kind} tone="warn">
          {warning.words}
        </Note>
      ))}
      {hurt > 0 ? <Note tone="bad">{t('preview.hurts', { count: hurt })}</Note> : null}
      <Card title={t('preview.title')}>
        <p className="lk-hint">
          {same
            ? t('preview.same')
            : t('preview.about', { from: date(preview.from), records: number(preview.records) })}
          {preview.cut ? ` ${t('preview.cut')}` : ''}
        </p>
        <table className={css.figures}>
          <caption className="lk-hidden">{t('preview.title')}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{t('preview.now')}</th>
              <th scope="col">{t('preview.draft')}</th>
            </tr>
          </thead>
          <Group
            title={t('preview.owners', { count: visits, visits: number(visits) })}
            none={visits === 0 ? t('preview.no-visits') : null}
            rows={owners}
            preview={preview}
          />
          <Group
            title={t('preview.strangers', { count: tries, tries: number(tries), names: number(names) })}
            none={tries === 0 ? t('preview.no-tries') : null}
            rows={strangers}
            preview={preview}
          />
          <Group title={t('preview.attacker')} none={null} rows={attacker} preview={preview} />
        </table>
        <p className="lk-hint">
          {t('preview.reference', {
            failures: reference.failures,
            minutes: reference.minutes,
            month: number(reference.attacker.month),
            chance: chance(reference.attacker.chance),
          })}
        </p>
        <details className={css.basis}>
          <summary>{t('preview.how')}</summary>
          <p>{t('preview.how-record')}</p>
          <p>{t('preview.how-chance', { list: number(basis.list) })}</p>
        </details>
      </Card>
    </>
  );
}

type GroupProps = { title: string; none: string | null; rows: Row[]; preview: Preview };

function Group({ title, none, rows, preview }: GroupProps) {
  const { t } = useWords('policies');
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={3} className={css.group}>
          {title}
        </th>
      </tr>
      {none ? (
        <tr>
          <td colSpan={3} className={css.none}>
            {none}
          </td>
        </tr>
      ) : (
        rows.map(row => {
          const values = [row.of(preview.now), row.of(preview.draft)] as const;
          const most = Math.max(...values);
          const write = row.write ?? number;
          return (
            <tr key={row.key}>
              <th scope="row">{t(`figure.${row.key}`)}</th>
              <Figure value={values[0]} most={most} good={row.good ?? false} written={write(values[0])} />
              <Figure value={values[1]} most={most} good={row.good ?? false} written={write(values[1])} />
            </tr>
          );
        })
      )}
    </tbody>
  );
}

type FigureProps = { value: number; most: number; good: boolean; written: ReactNode };

function Figure({ value, most, good, written }: FigureProps) {
  const share = most > 0 ? value / most : 0;
  return (
    <td>
      <span>{written}</span>
      <svg
        className={css.bar}
        data-good={good || undefined}
        viewBox="0 0 100 6"
        preserveAspectRatio="none"
        aria-hidden
      >
        <rect width="100" height="6" />
        <rect width={value > 0 ? Math.max(2, share * 100) : 0} height="6" />
      </svg>
    </td>
  );
}
