// How support is reached by phone and mail, in the administrator's own words.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { say, useWords } from '../words.ts';
import css from './console.module.css';

type Settings = Calls['GET /support/settings']['reply'];

export function SettingsSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords('support');
  const found = useQuery({
    queryKey: ['support', 'settings'],
    queryFn: ({ signal }) => api('GET /support/settings', { signal }),
    enabled: opened,
  });
  return (
    <Sheet opened={opened} onClose={onClose} title={t('settings.title')}>
      {found.isPending ? <LoadingRows rows={3} /> : null}
      {found.isError ? <Failed error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data ? <Fields before={found.data} onDone={onClose} /> : null}
    </Sheet>
  );
}

function Fields({ before, onDone }: { before: Settings; onDone: () => void }) {
  const { t } = useWords('support');
  const [set, change] = useState(before);
  const save = useWrite('PUT /support/settings', {
    renews: [['support'], ['audit']],
    onDone: () => {
      onDone();
      toast(say('support', 'settings.saved'));
    },
  });
  const field = (key: 'phone' | 'email' | 'hours') => (
    <TextField
      label={t(`reach.${key}`)}
      value={set[key]}
      onValue={value => change({ ...set, [key]: value })}
      {...(key === 'email' ? { type: 'email' } : {})}
    />
  );
  return (
    <Form className={css.stack ?? ''} onSubmit={() => save.mutate({ body: set })}>
      <p className={css.quiet}>{t('settings.lead')}</p>
      <ProblemNote error={save.error} />
      {field('phone')}
      {field('email')}
      {field('hours')}
      <TextAreaField
        label={t('settings.note')}
        value={set.note}
        onValue={note => change({ ...set, note })}
        maxLength={500}
      />
      <Button type="submit" loading={save.isPending}>
        {t('settings.save')}
      </Button>
    </Form>
  );
}
