// The fields of a lead, the same for a new one and for editing; the rarer ones behind a fold.
import { useId } from 'react';
import { CustomInputs } from '../custom-fields/CustomInputs.tsx';
import type { CustomField, FormChange, WithCustom } from '../custom-fields/values.ts';
import css from '../customers/customers.module.css';
import { tagsIn } from '../customers/form.ts';
import { useOwners } from '../customers/use-owners.ts';
import { useMe } from '../session.ts';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { focusOnDesk } from '../ui/focus.ts';
import { useWords } from '../words.ts';
import { faultsOf, type LeadForm, type TextFieldName } from './form.ts';
import { gather } from './seen.ts';

type FieldsProps = {
  form: WithCustom<LeadForm>;
  set: (change: FormChange<LeadForm>) => void;
  /** True once somebody has tried to save: only then are gaps called wrong. */
  tried: boolean;
  faults?: Record<string, string>;
  /** Called when a field that may show a duplicate has been left. */
  onLeave?: () => void;
  /** Stands below the fields that may show a duplicate. */
  hint?: React.ReactNode;
  isNew?: boolean;
  /** The workspace's own. */
  own: CustomField[];
  /** The record that is edited; left out: it is not there yet. */
  recordId?: string;
};

export function Fields(props: FieldsProps) {
  const { form, set, tried, faults = {}, onLeave, hint, isNew = false, own, recordId } = props;
  const { t } = useWords('leads');
  const lists = useId();
  const { user, writes } = useMe();
  const { owners } = useOwners();
  const seen = gather([]);
  const wrong = tried ? faultsOf(form) : {};
  const leave = onLeave ? { onBlur: onLeave } : {};
  const text = (field: TextFieldName, more: Partial<React.ComponentProps<typeof TextField>> = {}) => {
    if (!writes('lead', field)) return null;
    const fault = wrong[field];
    const offered = field === 'source' || field === 'city' ? seen[field] : [];
    return (
      <>
        <TextField
          label={t(`field.${field}`)}
          autoComplete="off"
          value={form[field]}
          onValue={value => set({ [field]: value })}
          error={fault ? t(`fault.${fault}`) : faults[field]}
          {...(offered.length > 0 ? { list: `${lists}${field}` } : {})}
          {...more}
        />
        {offered.length > 0 ? (
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
      <div className={css.pair}>
        {text('name', { required: true, ...(isNew ? { ref: focusOnDesk, 'data-autofocus': true } : {}) })}
        {text('company', leave)}
      </div>
      <div>
        <div className={css.pair}>
          {text('phone', { type: 'tel', inputMode: 'tel', ...leave })}
          {text('email', { type: 'email', inputMode: 'email', autoCapitalize: 'none', ...leave })}
        </div>
        {hint}
      </div>
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
            error={faults.ownerId}
          />
        ) : null}
      </div>
      {writes('lead', 'nextFollowUpAt') ? (
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
            {text('title')}
            {text('wechat', { autoCapitalize: 'none' })}
            {text('city')}
            {writes('lead', 'score') ? (
              <TextField
                label={t('field.score')}
                description={t('form.score-hint')}
                inputMode="numeric"
                value={form.score}
                onValue={score => set({ score })}
                error={wrong.score ? t('fault.score') : faults.score}
              />
            ) : null}
          </div>
          {text('address')}
          {writes('lead', 'tags') ? (
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
          {writes('lead', 'remark') ? (
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
