// A product in a sheet, new or edited; what is typed is kept until saved, and nothing of somebody else is run over.
import { Button } from '@mantine/core';
import { useState } from 'react';
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
import { currencies } from '../deals/form.ts';
import { Problem } from '../problem.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { blank, bodyOf, faultsOf, fields, formOf, type Product, type ProductForm, patchOf } from './form.ts';
import css from './products.module.css';

type FieldsProps = {
  form: WithCustom<ProductForm>;
  set: (change: FormChange<ProductForm>) => void;
  tried: boolean;
  error: unknown;
  /** The workspace's own. */
  own: CustomField[];
};

function Fields({ form, set, tried, error, own }: FieldsProps) {
  const { t } = useWords('products');
  const wrong = tried ? faultsOf(form) : {};
  const text = (
    field: 'code' | 'name' | 'unit' | 'category' | 'price' | 'taxRate',
    more: Partial<React.ComponentProps<typeof TextField>> = {},
  ) => (
    <TextField
      label={t(`field.${field}`)}
      autoComplete="off"
      value={form[field]}
      onValue={value => set({ [field]: value })}
      error={
        wrong[field]
          ? t(`fault.${wrong[field]}`)
          : field === 'code' && isCodeTaken(error)
            ? t('fault.taken')
            : undefined
      }
      {...more}
    />
  );
  return (
    <>
      {text('name', { required: true })}
      <div className={css.pair}>
        {text('code', { required: true })}
        {text('category')}
      </div>
      <div className={css.pair}>
        {text('price', { inputMode: 'decimal' })}
        <SelectField
          label={t('field.currency')}
          value={form.currency}
          onValue={currency => set({ currency })}
          data={[...new Set([...currencies, form.currency])]}
        />
        {text('unit')}
        {text('taxRate', { inputMode: 'decimal' })}
      </div>
      <SelectField
        label={t('field.active')}
        value={form.active}
        onValue={active => set({ active })}
        data={[
          { value: 'yes', label: t('active.yes') },
          { value: 'no', label: t('active.no') },
        ]}
      />
      <CustomInputs fields={own} form={form} set={set} tried={tried} />
      <TextAreaField
        label={t('field.description')}
        value={form.description}
        onValue={description => set({ description })}
      />
    </>
  );
}

/** The server found another product with this code. */
function isCodeTaken(error: unknown): boolean {
  if (!(error instanceof Problem) || error.code !== 'invalid') return false;
  const { faults } = error.members;
  return Array.isArray(faults) && faults.some(fault => (fault as { path?: unknown }).path === 'code');
}

type NewProps = { opened: boolean; onClose: () => void; onSaved: (product: Product) => void };

export function NewProduct({ opened, onClose, onSaved }: NewProps) {
  const { t } = useWords('products');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('new.title')} wide>
      <NewForm onSaved={onSaved} />
    </Sheet>
  );
}

function NewForm({ onSaved }: Pick<NewProps, 'onSaved'>) {
  const { t } = useWords('products');
  const draft = useDraft<WithCustom<ProductForm>>('product:new', blank);
  const { inputs: own, ready } = useFields('product');
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /products', {
    renews: [['products']],
    onDone: ({ body }) => {
      draft.saved();
      onSaved(body);
    },
  });
  if (!draft.ready || !ready) return <LoadingRecord />;
  const form = draft.value;
  function submit() {
    setTried(true);
    const wrong = { ...faultsOf(form), ...customFaults(own, form) };
    if (Object.keys(wrong).length === 0)
      save.mutate({ body: { ...bodyOf(form), ...customPatch(own, {}, form) } });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <Fields form={form} set={draft.set} tried={tried} error={save.error} own={own} />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('new.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}

type EditProps = { product: Product; opened: boolean; onClose: () => void };

export function EditProduct({ product, opened, onClose }: EditProps) {
  const { t } = useWords('products');
  const own = useFields('product');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('edit.title')} wide>
      {own.ready ? <EditForm product={product} own={own.inputs} onDone={onClose} /> : <LoadingRecord />}
    </Sheet>
  );
}

type Editing = { form: WithCustom<ProductForm>; base: WithCustom<ProductForm>; version: number };

type EditFormProps = { product: Product; own: CustomField[]; onDone: () => void };

function EditForm({ product, own, onDone }: EditFormProps) {
  const { t } = useWords('products');
  const formWith = (one: Product) => ({ ...formOf(one), ...customTexts(own, one.custom) });
  const start = formWith(product);
  const draft = useDraft<Editing>(`product:${product.id}`, {
    form: start,
    base: start,
    version: product.version,
  });
  const [tried, setTried] = useState(false);
  const save = useWrite('PATCH /products/{id}', {
    renews: [['products']],
    onDone: () => {
      draft.saved();
      toast(t('edit.saved'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { form, base, version } = draft.value;
  const current =
    save.error instanceof Problem && save.error.status === 412
      ? ((save.error.current as Product | null) ?? null)
      : null;
  function send(next: WithCustom<ProductForm>, from: WithCustom<ProductForm>, ifVersion: number) {
    const body = { ...patchOf(from, next), ...customPatch(own, from, next) };
    if (Object.keys(body).length === 0) {
      draft.saved();
      return onDone();
    }
    save.mutate({ params: { id: product.id }, body, ifMatch: `"v${ifVersion}"` });
  }
  if (current) {
    const theirs = formWith(current);
    const all = [...fields, ...own.map(keyOf)];
    const clashes = clashesOf(all, { base, mine: form, theirs }, ['description']);
    return (
      <Conflict
        clashes={clashes}
        name={field => own.find(one => keyOf(one) === field)?.label ?? t(`field.${field}`)}
        show={(field, value) => {
          const mine = own.find(one => keyOf(one) === field);
          if (mine) return shownText(mine, value);
          return field === 'active' ? t(`active.${value}`) : value;
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
  function submit() {
    setTried(true);
    const wrong = { ...faultsOf(form), ...customFaults(own, form) };
    if (Object.keys(wrong).length === 0) send(form, base, version);
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <Fields
        form={form}
        set={change => draft.set(before => ({ ...before, form: { ...before.form, ...change } }))}
        tried={tried}
        error={save.error}
        own={own}
      />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('edit.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
