// What a password has to be here, in plain words: what helps, what does not, and what is always looked at.
import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { number } from '../formats.ts';
import { useMe } from '../session.ts';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './password-policy.module.css';

type Policy = Calls['GET /policies/password']['reply'];
const classes = ['upper', 'lower', 'digit', 'symbol'] as const;
const histories = [0, 1, 3, 5, 10, 24];
const rotations = [null, 90, 180, 365, 730];

export default function PasswordPolicyPage() {
  const { t } = useWords('policies');
  const policy = useQuery({
    queryKey: ['policies', 'password'],
    queryFn: ({ signal }) => api('GET /policies/password', { signal }),
  });
  return (
    <Page
      title={t('password.title')}
      lead={t('password.lead')}
      back={{ to: '/lock-policy', label: t('policy.title') }}
      width="reading"
    >
      {policy.isPending ? <LoadingRecord /> : null}
      {policy.isError ? <Failed error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      {policy.data ? <Chooser key={JSON.stringify(policy.data)} stored={policy.data} /> : null}
    </Page>
  );
}

/** The choices of a list, with the present one among them whatever it is. */
function withPresent<T>(choices: T[], present: T): T[] {
  return choices.includes(present) ? choices : [...choices, present];
}

function Chooser({ stored }: { stored: Policy }) {
  const { t } = useWords('policies');
  const { may } = useMe();
  const [least, setLeast] = useState(String(stored.least));
  const [wanted, setWanted] = useState(stored.classes);
  const [history, setHistory] = useState(stored.history);
  const [rotation, setRotation] = useState(stored.rotationDays);
  const [words, setWords] = useState(stored.words.join('\n'));
  const save = useWrite('PUT /policies/password', {
    renews: [['policies', 'password'], ['audit'], ['status']],
    onDone: () => toast(t('password.saved')),
  });
  const length = Number(least);
  const sound = Number.isInteger(length) && length >= 8 && length <= 64;
  function submit() {
    if (!sound || save.isPending) return;
    const own = words.split(/\r?\n/).map(word => word.trim());
    save.mutate({
      body: {
        least: length,
        classes: wanted,
        history,
        rotationDays: rotation,
        words: own.filter(word => word.length >= 2),
      },
    });
  }
  const editable = may('configure:policy');
  return (
    <Form onSubmit={submit} className={css.layout ?? ''}>
      <fieldset className={css.fields} disabled={!editable}>
        <legend className="lk-hidden">{t('password.title')}</legend>
        <Card title={t('password.length.title')}>
          <TextField
            label={t('password.length.label')}
            description={t('password.length.words')}
            inputMode="numeric"
            value={least}
            onValue={setLeast}
            error={sound ? null : t('password.length.wrong')}
            w="min(100%, 25rem)"
          />
        </Card>
        <Card title={t('password.classes.title')}>
          <p className="lk-hint">{t('password.classes.words')}</p>
          <div className={css.checks}>
            {classes.map(one => (
              <Checkbox
                key={one}
                label={t(`password.class.${one}`)}
                checked={wanted.includes(one)}
                onChange={event =>
                  setWanted(
                    event.currentTarget.checked ? [...wanted, one] : wanted.filter(other => other !== one),
                  )
                }
              />
            ))}
          </div>
        </Card>
        <Card title={t('password.screening.title')}>
          <p>{t('password.screening.words', { count: number(stored.screened.size) })}</p>
          <TextAreaField
            label={t('password.words.label')}
            description={t('password.words.words')}
            value={words}
            onValue={setWords}
            mt="md"
          />
        </Card>
        <Card title={t('password.history.title')}>
          <SelectField
            label={t('password.history.label')}
            description={t('password.history.words')}
            value={String(history)}
            onValue={value => setHistory(Number(value))}
            data={withPresent(histories, stored.history).map(count => ({
              value: String(count),
              label: count === 0 ? t('password.history.none') : t('password.history.last', { count }),
            }))}
          />
        </Card>
        <Card title={t('password.rotation.title')}>
          <Note>{t('password.rotation.nist')}</Note>
          <SelectField
            label={t('password.rotation.label')}
            description={t('password.rotation.words')}
            value={rotation === null ? '' : String(rotation)}
            onValue={value => setRotation(value === '' ? null : Number(value))}
            data={withPresent<number | null>(rotations, stored.rotationDays).map(days => ({
              value: days === null ? '' : String(days),
              label: days === null ? t('password.rotation.never') : t('password.rotation.every', { days }),
            }))}
            mt="md"
          />
        </Card>
      </fieldset>
      <ProblemNote error={save.error} />
      {editable ? (
        <div className={css.save}>
          <Button type="submit" loading={save.isPending} disabled={!sound}>
            {t('password.save')}
          </Button>
          <p className="lk-hint">{t('password.when')}</p>
        </div>
      ) : null}
    </Form>
  );
}
