// The lock policy: ways to treat wrong passwords, each told in words, beside what it would have done to the last months.
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { FactorPolicyCard } from '../factors/FactorPolicyCard.tsx';
import { Problem } from '../problem.ts';
import { QuestionPolicyCard } from '../questions/QuestionPolicyCard.tsx';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import {
  bodyOf,
  type Choice,
  choiceOf,
  harm,
  isSame,
  isSound,
  type Lanes,
  laneFields,
  laneKinds,
  type Measure,
  measures,
  queryOf,
} from './choices.ts';
import { LaneList } from './LaneList.tsx';
import css from './lock-policy.module.css';
import { type LaneTexts, OwnNumbers } from './OwnNumbers.tsx';
import { PolicyPreview } from './PolicyPreview.tsx';
import { PresetCards } from './PresetCards.tsx';

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
      actions={
        <Button variant="default" renderRoot={props => <Link {...props} to="/password-policy" />}>
          {t('password.title')}
        </Button>
      }
    >
      {policy.isPending ? <LoadingRecord /> : null}
      {policy.isError ? <Failed error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      {stored ? <Chooser key={JSON.stringify(bodyOf(choiceOf(stored)))} stored={choiceOf(stored)} /> : null}
      <FactorPolicyCard />
      <QuestionPolicyCard />
    </Page>
  );
}

function Chooser({ stored }: { stored: Choice }) {
  const { t } = useWords('policies');
  const { may } = useMe();
  const [preset, setPreset] = useState(stored.preset);
  const [failures, setFailures] = useState(String(stored.failures));
  const [minutes, setMinutes] = useState(String(stored.minutes));
  const [texts, setTexts] = useState(() => textsOf(stored.lanes));
  const [arrivals, setArrivals] = useState(stored.arrivals);
  const [asking, setAsking] = useState(false);
  const editable = may('configure:policy');
  const choice = {
    preset,
    failures: Number(failures),
    minutes: Number(minutes),
    lanes: lanesOf(texts),
    arrivals,
  };
  const sound = isSound(choice);
  const changed = !isSame(choice, stored);
  const preview = usePreview(choice);
  const save = useWrite('PUT /policies/lock', {
    renews: [['policies'], ['audit']],
    onDone: () => toast(t('policy.saved')),
  });
  // Only what was previewed is weighed: an answer about an earlier draft says nothing about this one.
  const told = preview.isPlaceholderData || preview.settling ? undefined : preview.data;
  const hurt = told ? harm(told.now.owners, told.draft.owners) : 0;
  function store() {
    setAsking(false);
    save.mutate({ body: bodyOf(choice) });
  }
  function submit() {
    if (!sound || !changed || save.isPending) return;
    if (hurt > 0) setAsking(true);
    else store();
  }
  return (
    <Form onSubmit={submit} className={css.layout}>
      <div className={css.column}>
        <PresetCards
          {...{ preset, failures, minutes }}
          stored={stored.preset}
          onPreset={setPreset}
          onFailures={setFailures}
          onMinutes={setMinutes}
          disabled={!editable}
        />
        <OwnNumbers
          chosen={preset === 'custom'}
          texts={texts}
          faults={preset === 'custom' ? faultsIn(preview.error ?? save.error) : {}}
          onChosen={() => setPreset('custom')}
          onText={(kind, field, text) =>
            setTexts(before => ({ ...before, [kind]: { ...before[kind], [field]: text } }))
          }
          disabled={!editable}
        />
        <Card title={t('arrivals.title')}>
          <fieldset className={css.arrivals} disabled={!editable}>
            <legend className="lk-hidden">{t('arrivals.title')}</legend>
            {(['newDevice', 'abnormal'] as const).map(kind => (
              <SelectField
                key={kind}
                label={t(`arrivals.${kind}.name`)}
                description={t(`arrivals.${kind}.words`)}
                value={arrivals[kind]}
                onValue={value => setArrivals({ ...arrivals, [kind]: value as Measure })}
                data={measures.map(value => ({ value, label: t(`measure.${value}`) }))}
              />
            ))}
          </fieldset>
        </Card>
      </div>
      <div className={css.column}>
        <div className={css.beside} aria-busy={preview.isFetching && !preview.data}>
          {preview.isError && preview.error instanceof Problem && preview.error.status === 422 ? (
            <Note tone="bad">{t('preview.unsound')}</Note>
          ) : preview.isError ? (
            <Failed error={preview.error} onRetry={() => void preview.refetch()} />
          ) : preview.data ? (
            <div className={css.column} data-old={!told || undefined}>
              <PolicyPreview preview={preview.data} same={!changed} />
            </div>
          ) : sound ? (
            <LoadingRecord />
          ) : null}
          <ProblemNote error={save.error} />
          {editable ? (
            <div className={css.save}>
              <Button type="submit" loading={save.isPending} disabled={!changed || !sound || preview.isError}>
                {t('policy.save')}
              </Button>
              <p className="lk-hint">{t('policy.when')}</p>
            </div>
          ) : null}
        </div>
        {preview.data ? <LaneList lanes={preview.data.lanes} classic={preset === 'classic'} /> : null}
      </div>
      <Sheet opened={asking} onClose={() => setAsking(false)} title={t('confirm.title')}>
        <div className={css.column}>
          <Note tone="bad">{t('preview.hurts', { count: hurt })}</Note>
          <p>{t('confirm.words')}</p>
          <Button color="red" onClick={store} fullWidth>
            {t('confirm.act')}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)} fullWidth>
            {t('confirm.back')}
          </Button>
        </div>
      </Sheet>
    </Form>
  );
}

/** Asks the server once typing has come to rest; the old figures stay until the new ones are there. */
function usePreview(choice: Choice) {
  const wanted = JSON.stringify(queryOf(choice));
  const [asked] = useDebouncedValue(wanted, 350);
  const query = JSON.parse(asked) as ReturnType<typeof queryOf>;
  const preview = useQuery({
    queryKey: ['policies', 'preview', query],
    queryFn: ({ signal }) => api('GET /policies/lock/preview', { query, signal }),
    placeholderData: keepPreviousData,
    enabled: isSound(choice) || asked !== wanted,
    staleTime: 60_000,
    retry: (count, error) => error instanceof Problem && error.status === 503 && count < 5,
    retryDelay: 2_000,
  });
  return { ...preview, settling: asked !== wanted };
}

function textsOf(lanes: Lanes): LaneTexts {
  const texts = (kind: keyof Lanes) =>
    Object.fromEntries(laneFields.map(field => [field, String(lanes[kind][field])]));
  return Object.fromEntries(laneKinds.map(kind => [kind, texts(kind)])) as LaneTexts;
}

function lanesOf(texts: LaneTexts): Lanes {
  const numbers = (kind: keyof Lanes) =>
    Object.fromEntries(
      laneFields.map(field => [
        field,
        texts[kind][field].trim() === '' ? Number.NaN : Number(texts[kind][field]),
      ]),
    );
  return Object.fromEntries(laneKinds.map(kind => [kind, numbers(kind)])) as Lanes;
}

/** What the server found wrong, by the path of the field. */
function faultsIn(error: unknown): Record<string, string> {
  const faults = error instanceof Problem ? error.members.faults : null;
  if (!Array.isArray(faults)) return {};
  return Object.fromEntries(
    faults.map((fault: { path: string; message: string }) => [fault.path, fault.message]),
  );
}
