// The fields of a customer, the same for a new one and for editing; the rarer ones behind a fold.
import { useId } from 'react';
import { CustomInputs } from '../custom-fields/CustomInputs.tsx';
import type { CustomField, FormChange, WithCustom } from '../custom-fields/values.ts';
import { useMe } from '../session.ts';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { focusOnDesk } from '../ui/focus.ts';
import { useWords } from '../words.ts';
import css from './customers.module.css';
import { type CustomerForm, faultsOf, type Stage, stages, type TextFieldName, tagsIn } from './form.ts';
import { gather } from './seen.ts';
import { useOwners } from './use-owners.ts';

export type ServerFaults = Record<string, string>;

type FieldsProps = {
  form: WithCustom<CustomerForm>;
  set: (change: FormChange<CustomerForm>) => void;
  /** True once somebody has tried to save: only then are gaps called wrong. */
  tried: boolean;
  faults?: ServerFaults;
  /** Called when a field that may show a duplicate has been left. */
  onLeave?: () => void;
  /** Stands right below the name. */
  hint?: React.ReactNode;
  isNew?: boolean;
  /** The workspace's own. */
  own: CustomField[];
  /** The record that is edited; left out: it is not there yet. */
  recordId?: string;
};

export function Fields({
  form,
  set,
  tried,
  faults = {},
  onLeave,
  hint,
  isNew = false,
  own,
  recordId,
}: FieldsProps) {
  const { t } = useWords('customers');
  const lists = useId();
  const { user, writes } = useMe();
  const { owners } = useOwners();
  const seen = gather([]);
  const wrong = tried ? faultsOf(form) : {};
  const suggestions: Partial<Record<TextFieldName, string[]>> = {
    source: seen.source,
    level: seen.level,
    industry: seen.industry,
    city: seen.city,
  };
  const text = (field: TextFieldName, more: Partial<React.ComponentProps<typeof TextField>> = {}) => {
    if (!writes('customer', field)) return null;
    const fault = wrong[field];
    const offered = suggestions[field];
    return (
      <>
        <TextField
          label={t(`field.${field}`)}
          autoComplete="off"
          value={form[field]}
          onValue={value => set({ [field]: value })}
          error={fault ? t(`fault.${fault}`) : faults[field]}
          {...(offered?.length ? { list: `${lists}${field}` } : {})}
          {...more}
        />
        {offered?.length ? (
          <datalist id={`${lists}${field}`}>
            {offered.map(word => (
              <option key={word} value={word} />
            ))}
          </datalist>
        ) : null}
      </>
    );
  };
  return (
    <>
      <div>
        {text('name', {
          required: true,
          ...(onLeave ? { onBlur: onLeave } : {}),
          ...(isNew ? { ref: focusOnDesk, 'data-autofocus': true } : {}),
        })}
        {hint}
      </div>
      <div className={css.pair}>
        {text('phone', { type: 'tel', inputMode: 'tel', ...(onLeave ? { onBlur: onLeave } : {}) })}
        {text('email', { type: 'email', inputMode: 'email', autoCapitalize: 'none' })}
      </div>
      <div className={css.pair}>
        <SelectField
          label={t('field.stage')}
          value={form.stage}
          onValue={stage => set({ stage: stage as Stage })}
          data={stages.map(stage => ({ value: stage, label: t(`stage.${stage}`) }))}
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
            error={faults.ownerId}
          />
        ) : null}
      </div>
      {writes('customer', 'nextFollowUpAt') ? (
        <TextField
          type="datetime-local"
          label={t('field.nextFollowUpAt')}
          value={form.nextFollowUpAt}
          onValue={nextFollowUpAt => set({ nextFollowUpAt })}
          error={faults.nextFollowUpAt}
        />
      ) : null}
      <CustomInputs fields={own} form={form} set={set} tried={tried} faults={faults} recordId={recordId} />
      <details className={css.fold} open={!isNew}>
        <summary>{t('form.more')}</summary>
        <div className={css.form}>
          <div className={css.pair}>
            {text('source')}
            {text('level')}
            {text('industry')}
            {text('city')}
          </div>
          {text('address')}
          {text('website', { type: 'url', inputMode: 'url', autoCapitalize: 'none' })}
          {writes('customer', 'tags') ? (
            <TextField
              label={t('field.tags')}
              description={
                tagsIn(form.tags).length > 0
                  ? tagsIn(form.tags)
                      .map(tag => `#${tag}`)
                      .join(' ')
                  : t('form.tags-hint')
              }
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={form.tags}
              onValue={tags => set({ tags })}
              error={faults.tags}
            />
          ) : null}
          {writes('customer', 'remark') ? (
            <TextAreaField
              label={t('field.remark')}
              value={form.remark}
              onValue={remark => set({ remark })}
              error={faults.remark}
            />
          ) : null}
        </div>
      </details>
    </>
  );
}
