// The parts of one colleague's story: locks, devices, sign-in methods, failed tries, new devices, the log.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../api.ts';
import { sentenceOf } from '../audit/sentences.ts';
import type { Story } from '../desk/help.ts';
import { dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './people.module.css';
import { usePeople } from './use-people.ts';

type Line = { id: string; head: ReactNode; words: string; aside?: ReactNode };

function Lines({ title, lines, none }: { title: string; lines: Line[]; none: string }) {
  return (
    <Card title={title}>
      {lines.length === 0 ? <p className="lk-hint">{none}</p> : null}
      <ul className={css.lines}>
        {lines.map(line => (
          <li key={line.id}>
            <div>
              <strong>{line.head}</strong>
              <p className="lk-hint">{line.words}</p>
            </div>
            {line.aside}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const joined = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ');

export function Locks({ story }: { story: Story }) {
  const { t } = useWords('people');
  const policies = useWords('policies');
  const causes = ['failed-attempts', 'password-exposed', 'suspended'];
  const lines = story.locks.map((lock, place) => {
    const cause = causes.includes(lock.cause) ? policies.t(`cause.${lock.cause}`) : lock.cause;
    return {
      id: lock.id ?? String(place),
      head: lock.id ? (
        <Link to="/locks/$id" params={{ id: lock.id }} className="lk-link">
          {cause}
        </Link>
      ) : (
        cause
      ),
      words: joined(
        t('lock.since', { when: dateTime(lock.since) }),
        lock.stands
          ? lock.until
            ? t('lock.until', { when: dateTime(lock.until) })
            : t('lock.open')
          : t('lock.over'),
        policies.t(`verdict.${lock.normal ?? 'open'}`),
        t('lock.tries', { count: lock.tries.count, sources: lock.tries.sources }),
      ),
      aside: lock.stands ? (
        <span className={css.mark} data-tone="warn">
          {t('locked')}
        </span>
      ) : null,
    };
  });
  return <Lines title={t('sheet.locks')} lines={lines} none={t('sheet.no-locks')} />;
}

export function Devices({ story }: { story: Story }) {
  const { t } = useWords('people');
  const lines = story.devices.map(device => {
    const open = story.sessions.some(session => session.device === device.label);
    return {
      id: device.id,
      head: device.label,
      words: joined(device.address, dateTime(device.lastSeenAt)),
      aside: open ? <span className={css.mark}>{t('part.signed-in')}</span> : null,
    };
  });
  return <Lines title={t('part.devices')} lines={lines} none={t('part.no-devices')} />;
}

type FactorsProps = { story: Story; onLost: ((factor: { id: string; name: string }) => void) | null };

export function Factors({ story, onLost }: FactorsProps) {
  const { t } = useWords('people');
  const kinds = ['totp', 'passkey', 'sms-code'];
  const lines: Line[] = story.factors.map(factor => {
    const kind = kinds.includes(factor.kind) ? t(`factor.${factor.kind}`) : factor.kind;
    return {
      id: factor.id,
      head: factor.name || kind,
      words: joined(
        kind,
        factor.lastUsedAt ? t('factor.used', { when: dateTime(factor.lastUsedAt) }) : t('factor.unused'),
      ),
      aside: onLost ? (
        <Button
          size="compact-md"
          variant="subtle"
          onClick={() => onLost({ id: factor.id, name: factor.name || kind })}
        >
          {t('factor.lost')}
        </Button>
      ) : null,
    };
  });
  if (story.recoveryCodesLeft > 0)
    lines.push({
      id: 'codes',
      head: t('factor.codes'),
      words: t('factor.codes-left', { count: story.recoveryCodesLeft }),
    });
  return <Lines title={t('part.factors')} lines={lines} none={t('part.no-factors')} />;
}

export function Attempts({ story }: { story: Story }) {
  const { t } = useWords('people');
  const kinds = ['wrong', 'repeated', 'former', 'listed', 'asked'];
  const lines = story.attempts.map(one => ({
    id: one.id,
    head: kinds.includes(one.kind) ? t(`attempt.${one.kind}`) : one.kind,
    words: joined(dateTime(one.at), one.origin, one.device),
  }));
  return <Lines title={t('part.attempts')} lines={lines} none={t('part.no-attempts')} />;
}

export function Arrivals({ story }: { story: Story }) {
  const { t } = useWords('people');
  const lines = story.arrivals.map(one => ({
    id: one.id,
    head: one.device,
    words: joined(dateTime(one.at), one.origin, one.answer ? t(`arrival.${one.answer}`) : null),
  }));
  return <Lines title={t('part.arrivals')} lines={lines} none={t('part.no-arrivals')} />;
}

export function Journal({ id }: { id: string }) {
  const { t } = useWords('people');
  const audit = useWords('audit');
  const { may } = useMe();
  const { nameOf } = usePeople();
  const entries = useQuery({
    queryKey: ['audit', 'person', id],
    queryFn: ({ signal }) =>
      api('GET /audit', { query: { object: id, objectType: 'person', limit: 15 }, signal }),
    enabled: may('read:audit'),
  });
  if (entries.isError) return <ProblemNote error={entries.error} />;
  if (!entries.data) return null;
  const lines = entries.data.items.map(entry => {
    const reason = entry.details?.reason;
    return {
      id: entry.id,
      head: sentenceOf(entry, audit.t, nameOf),
      words: joined(dateTime(entry.at), typeof reason === 'string' ? reason : null),
    };
  });
  return <Lines title={t('part.journal')} lines={lines} none={t('part.no-journal')} />;
}
