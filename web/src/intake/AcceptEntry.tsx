// Accepting an entry: the customer it becomes, filled in from what was recognised and open to correction.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { bodyOf, type EntryInFull, faultsOf, formOf, type TextName } from './form.ts';
import css from './intake.module.css';

export function AcceptEntry({ entry, onDone }: { entry: EntryInFull; onDone: () => void }) {
  const { user } = useMe();
  const query = useQuery({ queryKey: ['owners'], queryFn: ({ signal }) => api('GET /owners', { signal }) });
  if (query.isPending) return <LoadingRecord />;
  const owners = query.data?.items ?? [];
  const initial = formOf(entry, user.id, id => owners.some(owner => owner.id === id));
  return <AcceptFields entry={entry} initial={initial} owners={owners} onDone={onDone} />;
}

type FieldsProps = {
  entry: EntryInFull;
  initial: ReturnType<typeof formOf>;
  owners: { id: string; name: string }[];
  onDone: () => void;
};

function AcceptFields({ entry, initial, owners, onDone }: FieldsProps) {
  const { t } = useWords('intake');
  const draft = useDraft(`intake:${entry.id}`, initial);
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /intake/{id}/accept', {
    renews: [['intake'], ['customers'], ['contacts'], ['leads']],
    onDone: () => {
      draft.saved();
      onDone();
      const name = draft.value.name.trim();
      toast(draft.value.filesAs === 'lead' ? t('accept.done-lead', { name }) : t('accept.done', { name }));
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const form = draft.value;
  const faults = tried ? faultsOf(form) : {};
  const text = (name: TextName, more: Partial<React.ComponentProps<typeof TextField>> = {}) => {
    const fault = faults[name];
    return (
      <TextField
        label={t(`field.${name}`)}
        autoComplete="off"
        value={form[name]}
        onValue={value => draft.set({ [name]: value })}
        error={fault ? t(`fault.${fault}`) : null}
        {...more}
      />
    );
  };
  const phone = { type: 'tel', inputMode: 'tel' } as const;
  return (
    <section className={css.section}>
      <h3>{t('accept.title')}</h3>
      <Form
        className={css.form}
        onSubmit={() => {
          setTried(true);
          if (Object.keys(faultsOf(form)).length === 0)
            save.mutate({ params: { id: entry.id }, body: bodyOf(form) });
        }}
      >
        <SelectField
          label={t('key.files-as')}
          value={form.filesAs}
          onValue={filesAs => draft.set({ filesAs })}
          data={[
            { value: 'customer', label: t('key.customer') },
            { value: 'lead', label: t('key.lead') },
          ]}
        />
        {text('name', { required: true })}
        <div className={css.pair}>
          {text('phone', phone)}
          {text('email', { type: 'email', inputMode: 'email', autoCapitalize: 'none' })}
        </div>
        <SelectField
          label={t('field.owner')}
          value={form.ownerId}
          onValue={ownerId => draft.set({ ownerId })}
          data={[
            { value: '', label: t('owner.none') },
            ...owners.map(owner => ({ value: owner.id, label: owner.name })),
          ]}
        />
        <div className={css.pair}>
          {text('contactName')}
          {text('contactTitle')}
          {text('contactPhone', phone)}
          {text('contactWechat')}
        </div>
        <TextAreaField
          label={t('field.message')}
          minRows={2}
          value={form.message}
          onValue={message => draft.set({ message })}
        />
        <details className={css.fold}>
          <summary>{t('accept.more')}</summary>
          <div className={css.form}>
            <div className={css.pair}>
              {text('industry')}
              {text('city')}
            </div>
            {text('address')}
            {text('website', { inputMode: 'url', autoCapitalize: 'none' })}
          </div>
        </details>
        <ProblemNote error={save.error} />
        <Button type="submit" loading={save.isPending} fullWidth>
          {t('accept.act')}
        </Button>
        <DraftNote draft={draft} />
      </Form>
    </section>
  );
}
