// Adding a colleague with a first password, which is shown once to be handed over.
import { Button, SegmentedControl } from '@mantine/core';
import { IconDice5 } from '@tabler/icons-react';
import { useState } from 'react';
import { InviteForm } from '../accounts/InviteForm.tsx';
import type { Calls, Role } from '../calls.ts';
import { PasswordMeter } from '../passwords/NewPasswordField.tsx';
import { Problem, weakPassword } from '../problem.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { focusOnDesk } from '../ui/focus.ts';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { languageNames, languages, useWords } from '../words.ts';
import { HandOver } from './HandOver.tsx';
import { makePassword } from './password.ts';
import css from './people.module.css';

type NewPerson = Calls['POST /people']['body'];
const roles: Role[] = ['rep', 'manager', 'auditor', 'administrator'];
const blank = {
  name: '',
  email: '',
  role: 'rep' as Role,
  language: 'zh-CN' as NonNullable<NewPerson['language']>,
};

export function AddPerson({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords('people');
  const accounts = useWords('accounts');
  const [way, setWay] = useState<'by-mail' | 'by-hand'>('by-mail');
  const [added, setAdded] = useState<{ name: string; email: string; password: string } | null>(null);
  function close() {
    setAdded(null);
    onClose();
  }
  return (
    <Sheet opened={opened} onClose={close} title={added ? t('hand.title') : t('add.title')}>
      {added ? (
        <HandOver {...added} onDone={close} />
      ) : (
        <div className={css.form}>
          <SegmentedControl
            fullWidth
            value={way}
            onChange={value => setWay(value as typeof way)}
            data={(['by-mail', 'by-hand'] as const).map(value => ({
              value,
              label: accounts.t(`invite.${value}`),
            }))}
          />
          {way === 'by-mail' ? <InviteForm onDone={close} /> : <AddForm onAdded={setAdded} />}
        </div>
      )}
    </Sheet>
  );
}

function AddForm({
  onAdded,
}: {
  onAdded: (person: { name: string; email: string; password: string }) => void;
}) {
  const { t, language } = useWords('people');
  const draft = useDraft('person:new', { ...blank, language });
  const [password, setPassword] = useState(makePassword);
  const [tried, setTried] = useState(false);
  const { name, email, role } = draft.value;
  const save = useWrite('POST /people', {
    renews: [['people']],
    onDone: () => {
      draft.saved();
      onAdded({ name, email, password });
    },
  });
  const nameTaken = save.error instanceof Problem && save.error.code === 'name-taken';
  const weak = weakPassword(save.error);
  const emailWrong = !/^\S+@\S+\.\S+$/.test(email.trim());
  function submit() {
    setTried(true);
    if (!name.trim() || emailWrong || !password) return;
    save.mutate({
      body: { ...draft.value, name: name.trim(), email: email.trim(), password, initial: true },
    });
  }
  if (!draft.ready) return <LoadingRecord />;
  return (
    <Form onSubmit={submit} className={css.form}>
      <TextField
        ref={focusOnDesk}
        label={t('add.name')}
        required
        autoComplete="off"
        value={name}
        onValue={value => draft.set({ name: value })}
        error={tried && !name.trim() ? t('add.name-missing') : null}
      />
      <TextField
        label={t('add.email')}
        description={t('add.email-hint')}
        required
        type="email"
        inputMode="email"
        autoComplete="off"
        value={email}
        onValue={value => draft.set({ email: value })}
        error={tried && emailWrong ? t('add.email-wrong') : nameTaken ? t('add.email-taken') : null}
      />
      <SelectField
        label={t('add.role')}
        description={t(`about.${role}`)}
        value={role}
        onValue={value => draft.set({ role: value as Role })}
        data={roles.map(one => ({ value: one, label: t(`role.${one}`) }))}
      />
      <SelectField
        label={t('add.language')}
        value={draft.value.language}
        onValue={value => draft.set({ language: value === 'en' ? 'en' : 'zh-CN' })}
        data={languages.map(one => ({ value: one, label: languageNames[one] }))}
      />
      <div className={css.password}>
        <TextField
          label={t('add.password')}
          description={t('add.password-hint')}
          required
          autoComplete="new-password"
          autoCapitalize="none"
          spellCheck={false}
          value={password}
          onValue={setPassword}
          error={weak}
        />
        <Button
          variant="default"
          leftSection={<IconDice5 size={18} aria-hidden />}
          onClick={() => setPassword(makePassword())}
        >
          {t('add.generate')}
        </Button>
      </div>
      <PasswordMeter value={password} name={name} email={email} />
      {nameTaken || weak ? null : <ProblemNote error={save.error} />}
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('add.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
