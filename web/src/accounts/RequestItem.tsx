// One request: who asks for what and why, and what came of it.
import type { ReactNode } from 'react';
import { dateTime } from '../formats.ts';
import { useWords } from '../words.ts';
import css from './accounts.module.css';
import type { Request } from './DecideSheet.tsx';
import { permissionWords } from './permission.ts';

type Props = { request: Request; named?: boolean; children?: ReactNode };

export function RequestItem({ request, named = false, children }: Props) {
  const { t, language } = useWords('accounts');
  const gap = language === 'zh-CN' ? '' : ' ';
  const { kind, action, object, person, reason, askedAt, state, decidedBy, decidedAt, decidedWhy, until } =
    request;
  const what = kind === 'extension' ? t('requests.extension') : permissionWords(t, action, object);
  return (
    <li className={css.request}>
      <div className={css.asked}>
        <strong>{named ? t('requests.who-what', { who: person.name, what }) : what}</strong>
        <time dateTime={askedAt}>{dateTime(askedAt)}</time>
      </div>
      <p className={css.reason}>{reason}</p>
      {state === 'open' ? (
        (children ?? <p className="lk-hint">{t('requests.waits')}</p>)
      ) : (
        <p className="lk-hint">
          {t(`requests.${state}`, { who: decidedBy ?? '', when: decidedAt ? dateTime(decidedAt) : '' })}
          {state === 'granted' && until ? `${gap}${t('requests.until', { when: dateTime(until) })}` : ''}
          {decidedWhy ? `${gap}${t('requests.why', { why: decidedWhy })}` : ''}
        </p>
      )}
    </li>
  );
}
