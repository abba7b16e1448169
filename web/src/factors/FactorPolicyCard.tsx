// Which roles have to have a second sign-in method, and from when on; stands on the page of the lock policy.
import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls, Role } from '../calls.ts';
import { useMe } from '../session.ts';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './factors.module.css';

type Policy = Calls['GET /policies/factors']['reply'];

const roles: Role[] = ['administrator', 'manager', 'rep', 'auditor'];

export function FactorPolicyCard() {
  const { t } = useWords('factors');
  const policy = useQuery({ queryKey: ['policies', 'factors'], queryFn: () => api('GET /policies/factors') });
  return (
    <Card title={t('policy.title')} id="factor-policy">
      {policy.isPending ? <LoadingRows rows={2} /> : null}
      {policy.isError ? <Failed error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      {policy.data ? <Chooser key={JSON.stringify(policy.data)} stored={policy.data} /> : null}
    </Card>
  );
}

function Chooser({ stored }: { stored: Policy }) {
  const { t } = useWords('factors');
  const shell = useWords('shell');
  const { may } = useMe();
  const editable = may('configure:policy');
  const [chosen, setChosen] = useState<Role[]>(stored.roles);
  const [from, setFrom] = useState(stored.graceUntil ? dayOf(stored.graceUntil) : '');
  const save = useWrite('PUT /policies/factors', {
    renews: [['policies', 'factors'], ['factors']],
    onDone: () => toast(t('saved')),
  });

  function submit() {
    if (save.isPending) return;
    const graceUntil = from && chosen.length > 0 ? new Date(`${from}T00:00`).toISOString() : null;
    save.mutate({ body: { roles: chosen, graceUntil } });
  }

  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <p className="lk-hint">{t('policy.words')}</p>
      <fieldset className={css.roles} disabled={!editable}>
        <legend>{t('policy.roles')}</legend>
        {roles.map(role => (
          <Checkbox
            key={role}
            label={shell.t(`role.${role}`)}
            checked={chosen.includes(role)}
            disabled={!editable}
            onChange={event =>
              setChosen(
                event.currentTarget.checked ? [...chosen, role] : chosen.filter(other => other !== role),
              )
            }
          />
        ))}
      </fieldset>
      {chosen.length > 0 ? (
        <TextField
          className={css.from ?? ''}
          type="date"
          label={t('policy.from')}
          description={t('policy.from-hint')}
          value={from}
          onValue={setFrom}
          disabled={!editable}
        />
      ) : null}
      <ProblemNote error={save.error} />
      {editable ? (
        <div>
          <Button type="submit" loading={save.isPending}>
            {t('policy.save')}
          </Button>
        </div>
      ) : null}
    </Form>
  );
}

/** The day in the reader's own time, as a date field wants it. */
function dayOf(iso: string): string {
  const at = new Date(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
