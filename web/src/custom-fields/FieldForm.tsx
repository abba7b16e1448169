// Defining one field: its label, kind, choices; drafts kept.
import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { currencies } from '../deals/form.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { focusOnDesk } from '../ui/focus.ts';
import { Form } from '../ui/ime.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './custom-fields.module.css';
import type { CustomField, CustomObject } from './values.ts';

const kinds: CustomField['kind'][] = [
  'text',
  'lines',
  'number',
  'money',
  'date',
  'choice',
  'person',
  'link',
  'flag',
  'file',
  'record',
];

const targets: Target[] = ['customer', 'contact', 'lead', 'deal', 'order', 'product'];

type Target = NonNullable<CustomField['target']>;

type Typed = {
  label: string;
  labelOther: string;
  kind: CustomField['kind'];
  currency: string;
  target: Target;
  required: boolean;
  choices: { id?: string; label: string }[];
};

const typedOf = (field: CustomField | null): Typed => ({
  label: field?.label ?? '',
  labelOther: field?.labelOther ?? '',
  kind: field?.kind ?? 'text',
  currency: field?.currency ?? 'CNY',
  target: field?.target ?? 'customer',
  required: field?.required ?? false,
  choices: field?.choices.filter(choice => !choice.archived).map(({ id, label }) => ({ id, label })) ?? [
    { label: '' },
    { label: '' },
  ],
});

type FieldFormProps = { field: CustomField | null; object: CustomObject; onDone: () => void };

export function FieldForm({ field, object, onDone }: FieldFormProps) {
  const { t } = useWords('custom-fields');
  // With the version it started from: what another saves meanwhile is not written over in silence.
  const draft = useDraft<Typed & { version?: number | undefined }>(
    `custom-field:${field?.id ?? `new:${object}`}`,
    { ...typedOf(field), version: field?.version },
  );
  const [tried, setTried] = useState(false);
  const renews = [['custom-fields']];
  const done = () => {
    draft.saved();
    toast(t('saved'));
    onDone();
  };
  const add = useWrite('POST /custom-fields', { renews, onDone: done });
  const change = useWrite('PATCH /custom-fields/{id}', { renews, onDone: done });
  if (!draft.ready) return <LoadingRecord />;
  const typed = draft.value;
  const choices = typed.choices.filter(choice => choice.label.trim());
  const isFile = typed.kind === 'file';
  const noChoices = typed.kind === 'choice' && choices.length === 0;
  function submit() {
    setTried(true);
    const label = typed.label.trim();
    if (!label || noChoices) return;
    const shared = {
      label,
      labelOther: typed.labelOther.trim() || null,
      required: isFile ? false : typed.required,
    };
    const chosen = typed.kind === 'choice' ? { choices } : {};
    if (field) {
      change.mutate({
        params: { id: field.id },
        body: { ...shared, ...chosen },
        ifMatch: `"v${typed.version ?? field.version}"`,
      });
    } else {
      const money = typed.kind === 'money' ? { currency: typed.currency } : {};
      const target = typed.kind === 'record' ? { target: typed.target } : {};
      add.mutate({ body: { object, kind: typed.kind, ...shared, ...chosen, ...money, ...target } });
    }
  }
  const setChoice = (index: number, label: string) =>
    draft.set({ choices: typed.choices.map((choice, i) => (i === index ? { ...choice, label } : choice)) });
  return (
    <Form onSubmit={submit} className={css.form}>
      <TextField
        label={t('label')}
        required
        {...(field ? {} : { ref: focusOnDesk })}
        data-autofocus
        autoComplete="off"
        value={typed.label}
        onValue={label => draft.set({ label })}
        error={tried && !typed.label.trim() ? t('fault.missing') : undefined}
      />
      <TextField
        label={t('label-other')}
        description={t('label-other-hint')}
        autoComplete="off"
        value={typed.labelOther}
        onValue={labelOther => draft.set({ labelOther })}
      />
      <SelectField
        label={t('kind.label')}
        value={typed.kind}
        disabled={field !== null}
        {...(field ? { description: t('kind.fixed') } : {})}
        onValue={kind => draft.set({ kind: kind as Typed['kind'] })}
        data={kinds.map(kind => ({ value: kind, label: t(`kind.${kind}`) }))}
      />
      {typed.kind === 'money' && !field ? (
        <SelectField
          label={t('currency')}
          value={typed.currency}
          onValue={currency => draft.set({ currency })}
          data={currencies}
        />
      ) : null}
      {typed.kind === 'record' ? (
        <SelectField
          label={t('target.label')}
          value={typed.target}
          disabled={field !== null}
          onValue={target => draft.set({ target: target as Target })}
          data={targets.map(target => ({ value: target, label: t(`target.${target}`) }))}
        />
      ) : null}
      {isFile ? <p className={css.quiet}>{t('file.hint')}</p> : null}
      {field && !field.indexed ? <p className={css.quiet}>{t('slow')}</p> : null}
      {typed.kind === 'choice' ? (
        <fieldset className={css.choices}>
          <legend>{t('choices')}</legend>
          {typed.choices.map((choice, index) => (
            <div key={choice.id ?? index} className={css.choice}>
              <TextField
                aria-label={t('choice', { number: index + 1 })}
                autoComplete="off"
                value={choice.label}
                onValue={label => setChoice(index, label)}
              />
              <ActionIcon
                variant="subtle"
                aria-label={t('choice-off', { number: index + 1 })}
                onClick={() => draft.set({ choices: typed.choices.filter((_, i) => i !== index) })}
              >
                <IconX size={18} aria-hidden />
              </ActionIcon>
            </div>
          ))}
          {tried && noChoices ? <p role="alert">{t('choices-missing')}</p> : null}
          <Button variant="default" onClick={() => draft.set({ choices: [...typed.choices, { label: '' }] })}>
            {t('choice-add')}
          </Button>
        </fieldset>
      ) : null}
      {isFile ? null : (
        <Checkbox
          label={t('required-long')}
          checked={typed.required}
          onChange={event => draft.set({ required: event.currentTarget.checked })}
        />
      )}
      <ProblemNote error={add.error ?? change.error} />
      <Button type="submit" loading={add.isPending || change.isPending} fullWidth>
        {t('save')}
      </Button>
      {field ? (
        <Button
          variant="subtle"
          {...(field.archivedAt ? {} : { color: 'red' })}
          loading={change.isPending}
          onClick={() => change.mutate({ params: { id: field.id }, body: { archived: !field.archivedAt } })}
          fullWidth
        >
          {t(field.archivedAt ? 'unarchive' : 'archive')}
        </Button>
      ) : null}
      <DraftNote draft={draft} />
    </Form>
  );
}
