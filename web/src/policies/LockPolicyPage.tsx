// The lock policy: five ways to treat wrong passwords, each told in words with its price.
import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { useMe } from '../session.ts';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { type Translate, useWords } from '../words.ts';
import { bounds, type Choice, isSame, isSound, laneKinds, pace, presets, within } from './choices.ts';
import css from './policies.module.css';

export default function LockPolicyPage() {
  const { t } = useWords('policies');
  const policy = useQuery({
    queryKey: ['policies', 'lock'],
    queryFn: ({ signal }) => api('GET /policies/lock', { signal }),
  });
  const stored = policy.data;
  return (
    <Page
      title={t('policy.title')}
      lead={t('policy.lead')}
      back={{ to: '/locks', label: t('locks.title') }}
      width="reading"
    >
      {policy.isPending ? <LoadingRecord /> : null}
      {policy.isError ? <Failed error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      {stored ? (
        <Chooser
          key={JSON.stringify([stored.preset, stored.failures, stored.minutes])}
          stored={{
            preset: presets.find(one => one === stored.preset) ?? 'balanced',
            failures: stored.failures ?? 5,
            minutes: stored.minutes ?? 30,
          }}
        />
      ) : null}
    </Page>
  );
}

function Chooser({ stored }: { stored: Choice }) {
  const { t } = useWords('policies');
  const { may } = useMe();
  const [preset, setPreset] = useState(stored.preset);
  const [failures, setFailures] = useState(String(stored.failures));
  const [minutes, setMinutes] = useState(String(stored.minutes));
  const choice = { preset, failures: Number(failures), minutes: Number(minutes) };
  const classic = preset === 'classic';
  const sound = isSound(choice);
  const changed = !isSame(choice, stored);
  const save = useWrite('PUT /policies/lock', {
    renews: [['policies'], ['audit']],
    onDone: () => toast(t('policy.saved')),
  });
  const editable = may('configure:policy');
  function submit() {
    if (!sound || !changed) return;
    save.mutate({ body: classic ? choice : { preset } });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <fieldset className={css.presets} disabled={!editable}>
        <legend className="lk-hidden">{t('policy.title')}</legend>
        {presets.map(one => (
          <label key={one} className={css.preset} data-chosen={one === preset || undefined}>
            <input
              type="radio"
              name="preset"
              value={one}
              checked={one === preset}
              onChange={() => setPreset(one)}
            />
            <span>
              <strong>
                {t(`preset.${one}.name`)}
                {one === 'balanced' ? <span className={css.tag}>{t('policy.usual')}</span> : null}
              </strong>
              <span>{t(`preset.${one}.words`)}</span>
            </span>
          </label>
        ))}
        {classic ? (
          <div className={css.numbers}>
            <TextField
              type="number"
              inputMode="numeric"
              label={t('policy.failures')}
              min={1}
              max={50}
              value={failures}
              onValue={setFailures}
              error={within(choice.failures, bounds.failures) ? null : t('policy.failures-wrong')}
            />
            <TextField
              type="number"
              inputMode="numeric"
              label={t('policy.minutes')}
              min={1}
              max={1440}
              value={minutes}
              onValue={setMinutes}
              error={within(choice.minutes, bounds.minutes) ? null : t('policy.minutes-wrong')}
            />
          </div>
        ) : null}
      </fieldset>
      {sound ? <Lanes choice={choice} /> : null}
      <ProblemNote error={save.error} />
      {editable ? (
        <div className={css.save}>
          <Button type="submit" loading={save.isPending} disabled={!changed || !sound}>
            {t('policy.save')}
          </Button>
          <p className="lk-hint">{t('policy.when')}</p>
        </div>
      ) : null}
    </Form>
  );
}

/** What the choice comes to, as the server works it out. */
function Lanes({ choice }: { choice: Choice }) {
  const { t } = useWords('policies');
  const query = choice.preset === 'classic' ? choice : { preset: choice.preset };
  const preview = useQuery({
    queryKey: ['policies', 'preview', query],
    queryFn: ({ signal }) => api('GET /policies/lock/preview', { query, signal }),
    placeholderData: keepPreviousData,
  });
  if (preview.isError) return <Failed error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <LoadingRecord />;
  const { lanes, warnings } = preview.data;
  return (
    <>
      {warnings.map(warning => (
        <Note key={warning.kind} tone="warn">
          {t(`warning.${warning.kind}`, { value: Math.round(warning.value) })}
        </Note>
      ))}
      <Card title={t('policy.lanes')}>
        <dl className={css.lanes}>
          {laneKinds.map(kind => {
            const lane = lanes[kind];
            return lane ? (
              <div key={kind}>
                <dt>{t(`lane.${kind}.name`)}</dt>
                <dd>
                  <p className="lk-hint">{t(`lane.${kind}.words`)}</p>
                  <p>{laneWords(lane, choice.preset === 'classic', t)}</p>
                </dd>
              </div>
            ) : null;
          })}
        </dl>
      </Card>
    </>
  );
}

type Lane = Calls['GET /policies/lock']['reply']['lanes'][string];

function laneWords({ tries, pauseMinutes, perDay }: Lane, classic: boolean, t: Translate): string {
  if (tries === 0) return t('lane.closed');
  const atOnce = t('lane.tries', { count: tries, minutes: Math.round(pauseMinutes) });
  const { kind, count } = pace(perDay);
  return classic ? atOnce : `${atOnce} ${t(`lane.${kind}`, { count })}`;
}
