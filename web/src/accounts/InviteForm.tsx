// Inviting a colleague: no password is made up for him, he sets his own by a link to his mailbox.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Role } from '../calls.ts';
import { Problem } from '../problem.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { focusOnDesk } from '../ui/focus.ts';
import { Form } from '../ui/ime.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { languageNames, languages, useWords } from '../words.ts';
import css from './accounts.module.css';

const roles: Role[] = ['rep', 'manager', 'auditor', 'administrator'];

export function InviteForm({ onDone }: { onDone: () => void }) {
  const { t, language } = useWords('accounts');
  const people = useWords('people');
  const draft = useDraft('person:invite', {
    name: '',
    email: '',
    role: 'rep' as Role,
    language: language as string,
    ends: '',
  });
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /invitations', {
    renews: [['people']],
    onDone: () => {
      draft.saved();
      toast(t('invite.sent'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { name, email, role, ends } = draft.value;
  const nameTaken = save.error instanceof Problem && save.error.code === 'name-taken';
  const emailWrong = !/^\S+@\S+\.\S+$/.test(email.trim());
  function submit() {
    setTried(true);
    if (!name.trim() || emailWrong || save.isPending) return;
    const endsAt = ends ? new Date(`${ends}T23:59:59`).toISOString() : null;
    const chosen = draft.value.language === 'en' ? ('en' as const) : ('zh-CN' as const);
    save.mutate({ body: { name: name.trim(), email: email.trim(), role, language: chosen, endsAt } });
  }
  return (
    <Form onSubmit={submit} className={css.form ?? ''}>
      <p className="lk-hint">{t('invite.lead')}</p>
      <TextField
        ref={focusOnDesk}
        label={people.t('add.name')}
        required
        autoComplete="off"
        value={name}
        onValue={value => draft.set({ name: value })}
        error={tried && !name.trim() ? people.t('add.name-missing') : null}
      />
      <TextField
        label={people.t('add.email')}
        description={people.t('add.email-hint')}
        required
        type="email"
        inputMode="email"
        autoComplete="off"
        value={email}
        onValue={value => draft.set({ email: value })}
        error={
          tried && emailWrong ? people.t('add.email-wrong') : nameTaken ? people.t('add.email-taken') : null
        }
      />
      <SelectField
        label={people.t('add.role')}
        description={people.t(`about.${role}`)}
        value={role}
        onValue={value => draft.set({ role: value as Role })}
        data={roles.map(value => ({ value, label: people.t(`role.${value}`) }))}
      />
      <SelectField
        label={people.t('add.language')}
        value={draft.value.language}
        onValue={value => draft.set({ language: value })}
        data={languages.map(value => ({ value, label: languageNames[value] }))}
      />
      <TextField
        type="date"
        label={t('access.ends')}
        description={t('access.ends-hint')}
        value={ends}
        onValue={value => draft.set({ ends: value })}
      />
      {nameTaken ? null : <ProblemNote error={save.error} />}
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('invite.send')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
