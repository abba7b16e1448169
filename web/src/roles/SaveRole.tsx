// Before a role is changed: what the change gives and takes, whom it affects, and why it is made.

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { useOwnNames } from '../custom-fields/use-fields.ts';
import { Problem } from '../problem.ts';
import { TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { fieldName, type Policy, type RoleItem } from './policy.ts';
import css from './roles.module.css';

export function SaveRole({ role, policy, onDone }: { role: RoleItem; policy: Policy; onDone: () => void }) {
  const { t } = useWords('roles');
  const own = useOwnNames();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [overwrite, setOverwrite] = useState(false);
  const params = { key: role.key };
  const preview = useQuery({
    queryKey: ['roles', 'preview', role.key, policy],
    queryFn: ({ signal }) => api('POST /roles/{key}/preview', { params, body: policy, signal }),
    gcTime: 0,
  });
  const save = useWrite('PUT /roles/{key}', {
    renews: [['roles'], ['session'], ['audit']],
    onDone: () => {
      toast(t('save.saved'));
      onDone();
    },
  });
  const missing = reason.trim().length < 3;
  const meanwhile = save.error instanceof Problem && save.error.status === 412;
  function submit() {
    setTried(true);
    if (missing || save.isPending) return;
    const force = overwrite || meanwhile;
    if (meanwhile) setOverwrite(true);
    save.mutate({
      params,
      body: { ...policy, reason: reason.trim() },
      ...(force ? {} : { ifMatch: `"v${role.version}"` }),
    });
  }
  if (preview.isError) return <Failed error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <LoadingRows rows={4} />;
  const { people, count, rules, fields } = preview.data;
  const names = people
    .slice(0, 5)
    .map(one => one.name)
    .join(t('list-join'));
  const rule = (one: 'hidden' | 'read' | null) => t(`rule.${one ?? 'free'}`);
  const nothing = rules.length + fields.length === 0;
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      {nothing ? <Note>{t('save.none')}</Note> : null}
      <ul className={css.changes}>
        {rules.map(one => (
          <li key={`${one.object} ${one.action}`}>
            {t('save.change', {
              object: t(`object.${one.object}`),
              action: t(`action.${one.action}`),
              before: t(`reach.${one.before}`),
              after: t(`reach.${one.after}`),
            })}
          </li>
        ))}
        {fields.map(one => (
          <li key={`${one.object} ${one.field}`}>
            {t('save.field', {
              object: t(`object.${one.object}`),
              field: fieldName(one.field, t, own[one.object]),
              before: rule(one.before),
              after: rule(one.after),
            })}
          </li>
        ))}
      </ul>
      <Note tone={count > 0 ? 'warn' : 'plain'}>
        {count === 0
          ? t('save.affects-none')
          : t(count > 5 ? 'save.affects-more' : 'save.affects', { names, count })}
      </Note>
      <TextAreaField
        label={t('save.reason')}
        description={t('save.reason-hint')}
        value={reason}
        onValue={setReason}
        maxLength={500}
        error={tried && missing ? t('save.reason-missing') : null}
      />
      {meanwhile ? <Note tone="warn">{t('save.meanwhile')}</Note> : <ProblemNote error={save.error} />}
      <Button type="submit" loading={save.isPending} disabled={nothing} fullWidth>
        {t('save.save')}
      </Button>
    </Form>
  );
}
