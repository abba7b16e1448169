// A lock explained in place, by the form 原因 → 解锁方法 → 注意事项: cause, ways out, what to mind.
import type { ReactNode } from 'react';
import type { Lock, WayOut } from '../calls.ts';
import { countdown, dateTime } from '../formats.ts';
import { useSecondsLeft } from '../ui/countdown.ts';
import { ClockIcon, KeyIcon, LockIcon, MailIcon, PersonIcon } from '../ui/plain-icons.tsx';
import { type Translate, useWords } from '../words.ts';
import './lock-notice.css';

const knownCauses = [
  'failed-attempts',
  'password-exposed',
  'password-initial',
  'password-overdue',
  'email-unverified',
  'account-expired',
  'invited',
  'permission-changed',
  'suspended',
];
const knownWays = [
  'wait',
  'factor',
  'email-code',
  'recovery',
  'known-device',
  'administrator',
  'support',
  'new-password',
  'verify-email',
  'extension',
  'invitation',
  'ask-permission',
];
const wayIcons: Record<string, (props: { size?: number }) => ReactNode> = {
  wait: ClockIcon,
  factor: KeyIcon,
  'email-code': MailIcon,
  'verify-email': MailIcon,
  invitation: MailIcon,
  recovery: KeyIcon,
};

type LockNoticeProps = {
  lock: Lock;
  /** What a way out does on this page, e.g. a button for the e-mailed code; null leaves it to its words. */
  action?: (way: WayOut) => ReactNode;
  /** False where the page's own heading names the lock already. */
  titled?: boolean;
  /** What is told beyond the lock itself: its story, for who may hear it. */
  story?: ReactNode;
  /** When the lock ends by the reader's own clock (epoch milliseconds), where the server has said how long it takes. */
  endsAt?: number | null;
};

/** The whole explanation, in the server's words; the countdown runs in the reader's own time. */
export function LockNotice({ lock, action, titled = true, story, endsAt }: LockNoticeProps) {
  const { t } = useWords('locks');
  const left = useSecondsLeft(endsAt ?? (lock.until ? Date.parse(lock.until) : null));
  const Heading = titled ? 'h3' : 'h2';
  const cause = knownCauses.includes(lock.cause) ? lock.cause : 'other';
  return (
    <section className="lk-lock" aria-label={t('region')}>
      <header className="lk-lock-head">
        <LockIcon size={22} />
        {titled ? <h2>{t(`cause.${cause}.title`)}</h2> : <p>{scopeWords(t, lock.scope)}</p>}
        {left ? (
          <p className="lk-lock-clock" role="timer">
            {t('clock', { time: countdown(left) })}
          </p>
        ) : null}
      </header>
      <div className="lk-lock-part">
        <Heading>{t('part.cause')}</Heading>
        <p>{lock.why}</p>
        <dl className="lk-lock-facts">
          <div>
            <dt>{t('since')}</dt>
            <dd>{dateTime(lock.since)}</dd>
          </div>
          <div>
            <dt>{t('until')}</dt>
            <dd>{lock.until ? dateTime(lock.until) : t('open-end')}</dd>
          </div>
        </dl>
        {titled ? <p className="lk-hint">{scopeWords(t, lock.scope)}</p> : null}
      </div>
      {story}
      <div className="lk-lock-part">
        <Heading>{t('part.ways')}</Heading>
        <ul className="lk-ways">
          {lock.waysOut.map(way => (
            <Way key={way.kind} way={way} act={action?.(way)} over={left === 0} />
          ))}
        </ul>
      </div>
      <div className="lk-lock-part">
        <Heading>{t('part.mind')}</Heading>
        <p>{lock.mind}</p>
      </div>
    </section>
  );
}

function Way({ way, act, over }: { way: WayOut; act: ReactNode; over: boolean }) {
  const { t } = useWords('locks');
  const Icon = wayIcons[way.kind] ?? PersonIcon;
  const known = knownWays.includes(way.kind) ? way.kind : 'other';
  // An address of the API is for programs; pages offer it as an action or not at all.
  const href = way.href?.startsWith('/api/') ? undefined : way.href;
  return (
    <li>
      <span className="lk-way-icon">
        <Icon size={20} />
      </span>
      <div className="lk-way-words">
        <strong>{t(`way.${known}.title`)}</strong>
        <p className="lk-hint">{way.kind === 'wait' && over ? t('way.wait.over') : way.note}</p>
        {act ??
          (href ? (
            <a className="lk-link" href={href}>
              {t(`way.${known}.link`)}
            </a>
          ) : null)}
      </div>
    </li>
  );
}

function scopeWords(t: Translate, scope: string[]): string {
  if (scope.length === 1 && scope[0] === 'sign-in') return t('scope.sign-in');
  if (scope.includes('sign-in')) return t('scope.everything');
  const known = ['read', 'write', 'delete', 'export', 'configure'].filter(one => scope.includes(one));
  if (known.length === 0) return t('scope.other');
  return t('scope.some', { what: known.map(one => t(`scope.${one}`)).join(t('scope.joint')) });
}
