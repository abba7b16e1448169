// On a colleague's page: what is in hand, handing it over to others, and giving it back.
import { Button } from '@mantine/core';
import { IconTransfer } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { dateTime } from '../formats.ts';
import { TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { HandOverForm } from './HandOverForm.tsx';
import css from './handover.module.css';
import { PauseButton, PauseNote } from './Pausing.tsx';

type InHand = Calls['GET /people/{id}/handover']['reply'];
type Handover = InHand['items'][number];
type Person = { id: string; name: string };

export function HandoverCard({ person }: { person: Person }) {
  const { t } = useWords('handover');
  const [giving, setGiving] = useState(false);
  const [returning, setReturning] = useState<Handover | null>(null);
  const query = useQuery({
    queryKey: ['handover', person.id],
    queryFn: ({ signal }) => api('GET /people/{id}/handover', { params: { id: person.id }, signal }),
    retry: false,
    refetchInterval: found => (found.state.data?.items.some(isUnderWay) ? 3_000 : false),
  });
  // Out of reach: somebody of another team.
  if (!query.data) return null;
  const { parts, followUps, targets, items, pause } = query.data;
  const some = parts.filter(part => part.count > 0);
  return (
    <Card title={t('title')} id="handover">
      <p className="lk-hint">{t('lead')}</p>
      {some.length === 0 ? <p>{t('nothing')}</p> : null}
      <dl className={css.parts}>
        {some.map(part => (
          <div key={part.object}>
            <dt>{t(`part.${part.object}`)}</dt>
            <dd>{part.count}</dd>
          </div>
        ))}
      </dl>
      {followUps > 0 ? <p className="lk-hint">{t('follow-ups', { count: followUps })}</p> : null}
      {pause ? <PauseNote person={person} pause={pause} /> : null}
      <div className={css.acts}>
        {some.length > 0 && targets.length > 0 ? (
          <Button
            variant="default"
            leftSection={<IconTransfer size={18} aria-hidden />}
            onClick={() => setGiving(true)}
          >
            {t('open')}
          </Button>
        ) : null}
        {pause ? null : <PauseButton person={person} />}
      </div>
      {items.length > 0 ? (
        <>
          <h3 className={css.past}>{t('past')}</h3>
          <ul className={css.list}>
            {items.map(item => (
              <li key={item.id}>
                <div>
                  {t('line', {
                    when: dateTime(item.at),
                    names: item.to.map(one => one.name).join(' · '),
                  })}
                  <p className="lk-hint">
                    {t(`state.${item.state}`, {
                      moved: item.moved,
                      total: item.total,
                      returned: item.returned,
                      kept: item.kept,
                    })}{' '}
                    · {item.reason}
                  </p>
                  {item.failed > 0 ? (
                    <p>
                      {t('left', { count: item.failed })} {item.left.map(one => one.name).join(' · ')}
                    </p>
                  ) : null}
                </div>
                {item.state === 'moved' ? (
                  <Button variant="default" size="compact-md" onClick={() => setReturning(item)}>
                    {t('return')}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Sheet opened={giving} onClose={() => setGiving(false)} title={t('sheet', { name: person.name })}>
        {giving ? (
          <HandOverForm person={person} parts={some} targets={targets} onDone={() => setGiving(false)} />
        ) : null}
      </Sheet>
      <Sheet
        opened={returning !== null}
        onClose={() => setReturning(null)}
        title={t('return-title', { name: person.name })}
      >
        {returning ? (
          <GiveBack person={person} handover={returning} onDone={() => setReturning(null)} />
        ) : null}
      </Sheet>
    </Card>
  );
}

const isUnderWay = (item: Handover) => item.state === 'moving' || item.state === 'returning';

type GiveBackProps = { person: Person; handover: Handover; onDone: () => void };

function GiveBack({ person, handover, onDone }: GiveBackProps) {
  const { t } = useWords('handover');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim().length < 3;
  const back = useWrite('POST /handovers/{id}/return', {
    renews: [['handover', person.id], ['customers'], ['deals'], ['leads'], ['audit']],
    onDone: () => {
      toast(t('return-done'));
      onDone();
    },
  });
  function submit() {
    setTried(true);
    if (!missing && !back.isPending)
      back.mutate({ params: { id: handover.id }, body: { reason: reason.trim() } });
  }
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <p>{t('return-words', { count: handover.moved })}</p>
      <TextAreaField
        label={t('reason')}
        description={t('reason-hint')}
        value={reason}
        onValue={setReason}
        maxLength={500}
        error={tried && missing ? t('reason-missing') : null}
      />
      <ProblemNote error={back.error} />
      <Button type="submit" loading={back.isPending} fullWidth>
        {t('return-go')}
      </Button>
    </Form>
  );
}
