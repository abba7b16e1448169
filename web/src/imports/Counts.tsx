// What an import did, in numbers.
import { number } from '../formats.ts';
import { useWords } from '../words.ts';
import css from './imports.module.css';

const shown = ['created', 'updated', 'skipped', 'failed'] as const;

export function Counts({ one }: { one: Record<(typeof shown)[number], number> }) {
  const { t } = useWords('imports');
  return (
    <dl className={css.counts}>
      {shown.map(name => (
        <div key={name} data-count={name} data-zero={one[name] === 0 || undefined}>
          <dt>{t(`count.${name}`)}</dt>
          <dd>{number(one[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
