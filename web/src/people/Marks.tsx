// A person's state at a glance: not active, locked, address not verified, an initial password under way.
import { useWords } from '../words.ts';
import css from './people.module.css';
import type { Colleague } from './use-people.ts';

export function Marks({ person }: { person: Pick<Colleague, 'state' | 'account'> }) {
  const { t } = useWords('people');
  const { state, account } = person;
  const marks: [string, string][] = [
    ...(state === 'active' ? [] : [[t(`state.${state}`), state === 'suspended' ? 'bad' : 'warn']]),
    ...(account && account.locks.length > 0 ? [[t('locked'), 'warn']] : []),
    ...(account?.initialPassword ? [[t('initial'), 'warn']] : []),
    ...(account && !account.verified.email ? [[t('unverified'), '']] : []),
  ] as [string, string][];
  if (marks.length === 0) return <span className={css.quiet}>{t('state.active')}</span>;
  return (
    <span className={css.marks}>
      {marks.map(([words, tone]) => (
        <span key={words} className={css.mark} data-tone={tone}>
          {words}
        </span>
      ))}
    </span>
  );
}
