// The fields of a deal, the same for a new one and for editing.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { CustomInputs } from '../custom-fields/CustomInputs.tsx';
import type { CustomField, FormChange, WithCustom } from '../custom-fields/values.ts';
import { useOwners } from '../customers/use-owners.ts';
import { useMe } from '../session.ts';
import { SelectField, TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import { currencies, type DealForm, faultsOf } from './form.ts';

type FieldsProps = {
  form: WithCustom<DealForm>;
  set: (change: FormChange<DealForm>) => void;
  /** True once somebody has tried to save: only then are gaps called wrong. */
  tried: boolean;
  isNew?: boolean;
  /** The customer stands already and is not asked for. */
  fixed?: boolean;
  /** The probability that counts while none is typed. */
  usual?: number;
  /** The workspace's own. */
  own: CustomField[];
  /** The record that is edited; left out: it is not there yet. */
  recordId?: string;
};

export function Fields({
  form,
  set,
  tried,
  isNew = false,
  fixed = false,
  usual,
  own,
  recordId,
}: FieldsProps) {
  const { t } = useWords('deals');
  const { user, writes } = useMe();
  const { owners } = useOwners();
  const wrong = tried ? faultsOf(form) : {};
  const fault = (field: keyof DealForm) => {
    const kind = wrong[field];
    return kind ? t(`fault.${kind}`) : undefined;
  };
  const text = (field: keyof DealForm, more: Partial<React.ComponentProps<typeof TextField>> = {}) =>
    writes('deal', field) && (
      <TextField
        label={t(`field.${field}`)}
        autoComplete="off"
        value={form[field]}
        onValue={value => set({ [field]: value })}
        error={fault(field)}
        {...more}
      />
    );
  return (
    <>
      {text('title', { required: true, ...(isNew ? { 'data-autofocus': true } : {}) })}
      {fixed ? null : (
        <CustomerField
          id={form.customerId}
          name={form.customerName}
          onValue={(customerId, customerName) => set({ customerId, customerName, contactId: '' })}
          error={fault('customerId')}
        />
      )}
      {form.customerId && writes('deal', 'contact') ? (
        <ContactField
          customerId={form.customerId}
          value={form.contactId}
          onValue={contactId => set({ contactId })}
        />
      ) : null}
      {writes('deal', 'amount') ? (
        <div className={css.pair}>
          {text('amount', { inputMode: 'decimal' })}
          <SelectField
            label={t('field.currency')}
            value={form.currency}
            onValue={currency => set({ currency })}
            data={[...new Set([...currencies, form.currency])]}
          />
        </div>
      ) : null}
      <div className={css.pair}>
        {text('expectedOn', { type: 'date' })}
        {text('probability', {
          inputMode: 'numeric',
          placeholder:
            usual === undefined ? t('probability.stage') : t('probability.usual', { percent: usual }),
        })}
      </div>
      {text('nextStep')}
      <div className={css.pair}>
        {text('source')}
        {owners.length > 1 ? (
          <SelectField
            label={t('field.ownerId')}
            value={form.ownerId || (isNew ? user.id : '')}
            onValue={ownerId => set({ ownerId })}
            data={[
              ...(isNew ? [] : [{ value: '', label: t('owner.none') }]),
              ...owners.map(owner => ({ value: owner.id, label: owner.name })),
            ]}
          />
        ) : null}
      </div>
      <CustomInputs fields={own} form={form} set={set} tried={tried} recordId={recordId} />
    </>
  );
}

type ContactFieldProps = {
  customerId: string;
  value: string;
  onValue: (id: string) => void;
  error?: string | undefined;
};

/** One of the people at the customer. */
export function ContactField({ customerId, value, onValue, error }: ContactFieldProps) {
  const { t } = useWords('deals');
  const query = useQuery({
    queryKey: ['contacts', 'of', customerId],
    queryFn: ({ signal }) => api('GET /contacts', { query: { customer: customerId, limit: 200 }, signal }),
  });
  return (
    <SelectField
      label={t('field.contactId')}
      value={value}
      onValue={onValue}
      error={error}
      data={[
        { value: '', label: t('contact.none') },
        ...(query.data?.items ?? []).map(contact => ({ value: contact.id, label: contact.name })),
      ]}
    />
  );
}

type CustomerFieldProps = {
  id: string;
  name: string;
  onValue: (id: string, name: string) => void;
  error: string | undefined;
  /** It may be left out. */
  optional?: boolean;
};

/** A customer found while one types. */
export function CustomerField({ id, name, onValue, error, optional = false }: CustomerFieldProps) {
  const { t } = useWords('deals');
  const [asked, setAsked] = useState('');
  const [q] = useDebouncedValue(asked.trim(), 200);
  const query = useQuery({
    queryKey: ['customers', 'palette', q],
    queryFn: ({ signal }) => api('GET /customers', { query: { limit: 6, ...(q ? { q } : {}) }, signal }),
    placeholderData: keepPreviousData,
    enabled: id === '',
  });
  if (id)
    return (
      <div className={css.picked}>
        <span>
          <span className={css.quiet}>{t('field.customerId')}</span>
          <strong>{name}</strong>
        </span>
        <button type="button" className={css.plain} onClick={() => onValue('', '')}>
          {t('customer.other')}
        </button>
      </div>
    );
  const found = query.data?.items ?? [];
  return (
    <div>
      <TextField
        label={t('field.customerId')}
        required={!optional}
        placeholder={t('customer.search')}
        autoComplete="off"
        value={asked}
        onValue={setAsked}
        error={error}
      />
      {query.data ? (
        <ul className={css.found} aria-label={t('customer.found')}>
          {found.map(customer => (
            <li key={customer.id}>
              <button type="button" onClick={() => onValue(customer.id, customer.name)}>
                {customer.name}
                <span className={css.quiet}>{customer.city}</span>
              </button>
            </li>
          ))}
          {found.length === 0 ? <li className={css.quiet}>{t('customer.none')}</li> : null}
        </ul>
      ) : null}
    </div>
  );
}
