// A further role: a name, and the role it starts from.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Role } from '../calls.ts';
import { Problem } from '../problem.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { nameOf, type RoleItem } from './policy.ts';
import css from './roles.module.css';

export function NewRole({ roles, onAdded }: { roles: RoleItem[]; onAdded: (key: string) => void }) {
  const { t } = useWords('roles');
  const draft = useDraft('role:new', { name: '', from: 'rep', reason: '' });
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /roles', {
    renews: [['roles'], ['audit']],
    onDone: ({ body: added }) => {
      draft.saved();
      toast(t('add.added'));
      onAdded(added.key);
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { name, from, reason } = draft.value;
  const model = roles.find(role => role.key === from);
  const unnamed = name.trim().length < 2;
  const unreasoned = reason.trim().length < 3;
  function submit() {
    setTried(true);
    if (!model || unnamed || unreasoned || save.isPending) return;
    const { rules, fields } = model;
    save.mutate({
      body: { base: model.base as Role, name: name.trim(), rules, fields, reason: reason.trim() },
    });
  }
  const taken = save.error instanceof Problem && save.error.code === 'invalid';
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <TextField
        label={t('add.name')}
        required
        data-autofocus
        autoComplete="off"
        maxLength={40}
        value={name}
        onValue={value => draft.set({ name: value })}
        error={tried && unnamed ? t('add.name-missing') : taken ? t('add.name-taken') : null}
      />
      <SelectField
        label={t('add.base')}
        description={t('add.base-hint')}
        value={from}
        onValue={value => draft.set({ from: value })}
        data={roles.map(role => ({ value: role.key, label: nameOf(role, t) }))}
      />
      <p className="lk-hint">{t('add.base-fixed')}</p>
      <TextAreaField
        label={t('save.reason')}
        description={t('save.reason-hint')}
        value={reason}
        onValue={value => draft.set({ reason: value })}
        maxLength={500}
        error={tried && unreasoned ? t('save.reason-missing') : null}
      />
      {taken ? null : <ProblemNote error={save.error} />}
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('add.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
