// The fields of a quote or an order, the same for a new one and for editing.

import { CustomInputs } from '../custom-fields/CustomInputs.tsx';
import type { CustomField, FormChange, WithCustom } from '../custom-fields/values.ts';
import { useOwners } from '../customers/use-owners.ts';
import { ContactField, CustomerField } from '../deals/Fields.tsx';
import { currencies } from '../deals/form.ts';
import { useMe } from '../session.ts';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import type { Kind, LineForm, OrderForm } from './form.ts';
import { LinesEditor } from './LinesEditor.tsx';
import css from './orders.module.css';

type FieldsProps = {
  kind: Kind;
  form: WithCustom<OrderForm>;
  set: (change: FormChange<OrderForm>) => void;
  setLines: (change: (before: LineForm[]) => LineForm[]) => void;
  /** True once somebody has tried to save: only then are gaps called wrong. */
  tried: boolean;
  isNew?: boolean;
  /** The customer stands already and is not asked for. */
  fixed?: boolean;
  /** Lines and currency stand: it is no draft. */
  frozen?: boolean;
  /** The workspace's own. */
  own: CustomField[];
  /** The record that is edited; left out: it is not there yet. */
  recordId?: string;
};

export function Fields({
  kind,
  form,
  set,
  setLines,
  tried,
  isNew = false,
  fixed = false,
  frozen = false,
  own,
  recordId,
}: FieldsProps) {
  const { t } = useWords('orders');
  const { user } = useMe();
  const { owners } = useOwners();
  const day = (field: 'issuedOn' | 'validUntil' | 'deliveryOn') => (
    <TextField
      label={t(`field.${field}`)}
      type="date"
      value={form[field]}
      onValue={value => set({ [field]: value })}
    />
  );
  return (
    <>
      {fixed ? null : (
        <CustomerField
          id={form.customerId}
          name={form.customerName}
          onValue={(customerId, customerName) => set({ customerId, customerName, contactId: '', dealId: '' })}
          error={tried && !form.customerId ? t('fault.missing') : undefined}
        />
      )}
      <TextField
        label={t('field.title')}
        autoComplete="off"
        value={form.title}
        onValue={title => set({ title })}
      />
      {form.customerId ? (
        <ContactField
          customerId={form.customerId}
          value={form.contactId}
          onValue={contactId => set({ contactId })}
        />
      ) : null}
      <div className={css.pair}>
        {day('issuedOn')}
        {kind === 'quote' ? day('validUntil') : day('deliveryOn')}
      </div>
      {frozen ? (
        <p className={css.quiet}>{t('frozen')}</p>
      ) : (
        <>
          <div className={css.pair}>
            <SelectField
              label={t('field.currency')}
              value={form.currency}
              onValue={currency => set({ currency })}
              data={[...new Set([...currencies, form.currency])]}
            />
            <SelectField
              label={t('field.taxIncluded')}
              value={form.taxIncluded}
              onValue={taxIncluded => set({ taxIncluded })}
              data={[
                { value: 'yes', label: t('tax.included') },
                { value: 'no', label: t('tax.added') },
              ]}
            />
          </div>
          <LinesEditor form={form} setLines={setLines} tried={tried} />
        </>
      )}
      <CustomInputs fields={own} form={form} set={set} tried={tried} recordId={recordId} />
      <TextAreaField
        label={t('field.terms')}
        value={form.terms}
        onValue={terms => set({ terms })}
        minRows={2}
      />
      <TextAreaField
        label={t('field.remark')}
        value={form.remark}
        onValue={remark => set({ remark })}
        minRows={2}
      />
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
    </>
  );
}
