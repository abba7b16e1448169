// A lock explained in place, by the form 原因 → 解锁方法 → 注意事项: cause, ways out, what to mind.
import type { ReactNode } from 'react';
import type { Lock, WayOut } from '../calls.ts';
import { countdown, dateTime } from '../formats.ts';
import { useSecondsLeft } from '../ui/countdown.ts';
import { ClockIcon, KeyIcon, LockIcon, MailIcon, PersonIcon } from '../ui/plain-icons.tsx';
import { type Translate, useWords } from '../words.ts';
import './lock-notice.css';

const knownCauses = ['failed-attempts'];
const knownWays = ['wait', 'email-code', 'recovery', 'administrator', 'support'];
const wayIcons: Record<string, (props: { size?: number }) => ReactNode> = {
  wait: ClockIcon,
  'email-code': MailIcon,
  recovery: KeyIcon,
};

type LockNoticeProps = {
  lock: Lock;
  /** What a way out does on this page, e.g. a button for the e-mailed code; null leaves it to its words. */
  action?: (way: WayOut) => ReactNode;
  /** The page's own title in place of the cause's. */
  title?: ReactNode;
};

/** The whole explanation; the countdown runs in the reader's own time. */
export function LockNotice({ lock, action, title }: LockNoticeProps) {
  const { t } = useWords('locks');
  const until = lock.until ? Date.parse(lock.until) : null;
  const left = useSecondsLeft(until);
  const cause = knownCauses.includes(lock.cause) ? lock.cause : 'other';
  return (
    <section className="lk-lock" aria-label={t('region')}>
      {title === null ? null : (
        <header className="lk-lock-head">
          <LockIcon size={22} />
          <h2>{title ?? t(`cause.${cause}.title`)}</h2>
        </header>
      )}
      <div className="lk-lock-part">
        <h3>{t('part.cause')}</h3>
        <p>{t(`cause.${cause}.why`)}</p>
        <dl className="lk-lock-facts">
          <div>
            <dt>{t('since')}</dt>
            <dd>{dateTime(lock.since)}</dd>
          </div>
          <div>
            <dt>{t('until')}</dt>
            <dd>{lock.until ? dateTime(lock.until) : t('open-end')}</dd>
          </div>
          {left !== null && left > 0 ? (
            <div>
              <dt>{t('left')}</dt>
              <dd className="lk-lock-clock" role="timer">
                {countdown(left)}
              </dd>
            </div>
          ) : null}
        </dl>
        <p className="lk-hint">{scopeWords(t, lock.scope)}</p>
      </div>
      <div className="lk-lock-part">
        <h3>{t('part.ways')}</h3>
        <ul className="lk-ways">
          {lock.waysOut.map(way => (
            <Way key={way.kind} way={way} act={action?.(way)} over={left === 0} />
          ))}
        </ul>
      </div>
      <div className="lk-lock-part">
        <h3>{t('part.mind')}</h3>
        <p>{t(`cause.${cause}.mind`)}</p>
      </div>
    </section>
  );
}

function Way({ way, act, over }: { way: WayOut; act: ReactNode; over: boolean }) {
  const { t } = useWords('locks');
  const Icon = wayIcons[way.kind] ?? PersonIcon;
  const known = knownWays.includes(way.kind) ? way.kind : 'other';
  const note = way.note ?? (way.kind === 'wait' && over ? t('way.wait.over') : t(`way.${known}.note`));
  return (
    <li>
      <span className="lk-way-icon">
        <Icon size={20} />
      </span>
      <div className="lk-way-words">
        <strong>{t(`way.${known}.title`)}</strong>
        <p className="lk-hint">{note}</p>
        {act ??
          (way.href ? (
            <a className="lk-link" href={way.href}>
              {t(`way.${known}.link`)}
            </a>
          ) : null)}
      </div>
    </li>
  );
}

function scopeWords(t: Translate, scope: string[]): string {
  if (scope.includes('sign-in')) return t('scope.sign-in');
  const known = ['read', 'write', 'delete', 'export', 'configure'].filter(one => scope.includes(one));
  if (known.length === 0) return t('scope.other');
  return t('scope.some', { what: known.map(one => t(`scope.${one}`)).join(t('scope.joint')) });
}
