// Adding or editing a contact in a sheet; drafts kept, another's changes shown beside one's own.
import { Button, Checkbox } from '@mantine/core';
import { Suspense, useState } from 'react';
import { CustomInputs } from '../custom-fields/CustomInputs.tsx';
import { useFields } from '../custom-fields/use-fields.ts';
import {
  type CustomField,
  customFaults,
  customPatch,
  customTexts,
  type FormChange,
  keyOf,
  shownText,
  type WithCustom,
} from '../custom-fields/values.ts';
import { Conflict } from '../customers/Conflict.tsx';
import { clashesOf, merged } from '../customers/conflict.ts';
import { serverFaults } from '../customers/faults.ts';
import { FilesLater } from '../files/files-later.ts';
import { Versions } from '../history/Versions.tsx';
import { Problem } from '../problem.ts';
import { useMe } from '../session.ts';
import { CardPicture } from '../ui/CardPicture.tsx';
import { DraftNote } from '../ui/DraftNote.tsx';
import { fetched } from '../ui/fetched.tsx';
import { TextAreaField, TextField } from '../ui/fields.tsx';
import { focusOnDesk } from '../ui/focus.ts';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { loadWords, useWords } from '../words.ts';
import css from './contacts.module.css';
import {
  blankContact,
  type Contact,
  type ContactForm,
  contactBodyOf,
  contactFields,
  contactFormOf,
  contactPatchOf,
} from './form.ts';

type ContactSheetProps = {
  /** The contact to edit; null adds one. */
  contact: Contact | null;
  customerId: string | null;
  opened: boolean;
  onClose: () => void;
};

const renews = [['contacts'], ['customers']];

const CustomerField = fetched(async () => {
  const [fields] = await Promise.all([import('../deals/Fields.tsx'), loadWords('deals')]);
  return { default: fields.CustomerField };
});

export function ContactSheet({ contact, customerId, opened, onClose }: ContactSheetProps) {
  const { t } = useWords('contacts');
  const own = useFields('contact');
  return (
    <Sheet opened={opened} onClose={onClose} title={contact ? t('edit') : t('new')}>
      {!own.ready ? (
        <LoadingRecord />
      ) : contact ? (
        <>
          <EditForm key={contact.id} contact={contact} own={own.inputs} onDone={onClose} />
          <Suspense fallback={<LoadingRecord />}>
            <FilesLater subject={{ type: 'contact', id: contact.id }} />
          </Suspense>
        </>
      ) : (
        <NewForm customerId={customerId} own={own.inputs} onDone={onClose} />
      )}
    </Sheet>
  );
}

type NewFormProps = { customerId: string | null; own: CustomField[]; onDone: () => void };

/** A form of texts; the customer is chosen where the sheet was not opened at one. */
type NewForm = WithCustom<ContactForm> & { customerId: string; customerName: string };

function NewForm({ customerId, own, onDone }: NewFormProps) {
  const { t } = useWords('contacts');
  const customers = useWords('customers');
  const draft = useDraft<NewForm>(`contact:new:${customerId ?? ''}`, {
    ...blankContact,
    customerId: '',
    customerName: '',
  });
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /contacts', {
    renews,
    onDone: () => {
      draft.saved();
      toast(t('saved'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  function submit() {
    setTried(true);
    if (!draft.value.name.trim() || Object.keys(customFaults(own, draft.value)).length > 0) return;
    save.mutate({
      body: {
        ...contactBodyOf(draft.value, customerId ?? (draft.value.customerId || null)),
        ...customPatch(own, {}, draft.value),
      },
    });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <CardPicture />
      <Fields
        form={draft.value}
        set={draft.set}
        tried={tried}
        own={own}
        faults={serverFaults(save.error, customers.t)}
      />
      {customerId === null ? (
        <Suspense fallback={null}>
          <CustomerField
            id={draft.value.customerId}
            name={draft.value.customerName}
            onValue={(id, name) => draft.set({ customerId: id, customerName: name })}
            error={undefined}
            optional
          />
        </Suspense>
      ) : null}
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}

type Editing = { form: WithCustom<ContactForm>; base: WithCustom<ContactForm>; version: number };

type EditFormProps = { contact: Contact; own: CustomField[]; onDone: () => void };

function EditForm({ contact, own, onDone }: EditFormProps) {
  const { t } = useWords('contacts');
  const customers = useWords('customers');
  const { may } = useMe();
  const formWith = (one: Contact) => ({ ...contactFormOf(one), ...customTexts(own, one.custom) });
  const start = formWith(contact);
  const draft = useDraft<Editing>(`contact:${contact.id}`, {
    form: start,
    base: start,
    version: contact.version,
  });
  const [tried, setTried] = useState(false);
  const params = { id: contact.id };
  const save = useWrite('PATCH /contacts/{id}', {
    renews,
    onDone: () => {
      draft.saved();
      toast(t('saved'));
      onDone();
    },
  });
  const restore = useWrite('POST /contacts/{id}/restore', { renews });
  const remove = useWrite('DELETE /contacts/{id}', {
    renews,
    onDone: () => {
      draft.saved();
      toast(t('deleted', { name: contact.name }), {
        label: t('undo'),
        act: () => restore.mutate({ params }),
      });
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { form, base, version } = draft.value;

  function send(next: WithCustom<ContactForm>, from: WithCustom<ContactForm>, ifVersion: number) {
    const body = { ...contactPatchOf(from, next), ...customPatch(own, from, next) };
    if (Object.keys(body).length > 0) return save.mutate({ params, body, ifMatch: `"v${ifVersion}"` });
    draft.saved();
    onDone();
  }
  function submit() {
    setTried(true);
    if (form.name.trim() && Object.keys(customFaults(own, form)).length === 0) send(form, base, version);
  }
  const conflict = save.error instanceof Problem && save.error.status === 412 ? save.error.current : null;
  if (conflict) {
    const current = conflict as Contact;
    const theirs = formWith(current);
    const clashes = clashesOf([...contactFields, ...own.map(keyOf)], { base, mine: form, theirs }, [
      'remark',
    ]);
    return (
      <Conflict
        clashes={clashes}
        name={field => own.find(one => keyOf(one) === field)?.label ?? t(`field.${field}`)}
        show={(field, value) => {
          const mine = own.find(one => keyOf(one) === field);
          if (mine) return shownText(mine, value);
          return field === 'isPrimary' ? t('primary') : value;
        }}
        busy={save.isPending}
        onBack={() => save.reset()}
        onDecided={choices => {
          const next = merged(theirs, clashes, choices);
          draft.set({ form: next, base: theirs, version: current.version });
          send(next, theirs, current.version);
        }}
      />
    );
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <Fields
        form={form}
        set={change => draft.set(before => ({ ...before, form: { ...before.form, ...change } }))}
        tried={tried}
        own={own}
        recordId={contact.id}
        faults={serverFaults(save.error, customers.t)}
      />
      <ProblemNote error={save.error ?? remove.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('save')}
      </Button>
      {may('delete:contact') ? (
        <Button
          variant="subtle"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params })}
          fullWidth
        >
          {t('delete')}
        </Button>
      ) : null}
      <Versions object="contact" id={contact.id} label={t('versions')} onDone={onDone} />
      <DraftNote draft={draft} />
    </Form>
  );
}

type FieldsProps = {
  form: WithCustom<ContactForm>;
  set: (change: FormChange<ContactForm>) => void;
  tried: boolean;
  faults: Record<string, string>;
  own: CustomField[];
  recordId?: string;
};

function Fields({ form, set, tried, faults, own, recordId }: FieldsProps) {
  const { t } = useWords('contacts');
  const { writes } = useMe();
  const text = (field: 'title' | 'phone' | 'email' | 'wechat', more: object = {}) =>
    writes('contact', field) && (
      <TextField
        label={t(`field.${field}`)}
        autoComplete="off"
        value={form[field]}
        onValue={value => set({ [field]: value })}
        error={faults[field]}
        {...more}
      />
    );
  return (
    <>
      <TextField
        label={t('field.name')}
        required
        ref={focusOnDesk}
        data-autofocus
        autoComplete="off"
        value={form.name}
        onValue={name => set({ name })}
        error={tried && !form.name.trim() ? t('name-missing') : faults.name}
      />
      {text('title')}
      {text('phone', { type: 'tel', inputMode: 'tel' })}
      {text('email', { type: 'email', inputMode: 'email', autoCapitalize: 'none' })}
      {text('wechat', { autoCapitalize: 'none' })}
      <CustomInputs fields={own} form={form} set={set} tried={tried} faults={faults} recordId={recordId} />
      {writes('contact', 'remark') ? (
        <TextAreaField
          label={t('field.remark')}
          minRows={2}
          value={form.remark}
          onValue={remark => set({ remark })}
          error={faults.remark}
        />
      ) : null}
      <Checkbox
        label={t('field.isPrimary')}
        checked={form.isPrimary === 'yes'}
        onChange={event => set({ isPrimary: event.currentTarget.checked ? 'yes' : '' })}
      />
    </>
  );
}
