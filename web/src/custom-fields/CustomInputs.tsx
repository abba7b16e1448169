// Inputs for the workspace's own fields, within another form.
import { Suspense } from 'react';
import { useOwners } from '../customers/use-owners.ts';
import { fetched } from '../ui/fetched.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import css from './custom-fields.module.css';
import { type CustomField, type CustomTexts, customFaults, keyOf } from './values.ts';

type CustomInputsProps = {
  fields: CustomField[];
  form: Partial<CustomTexts>;
  set: (change: CustomTexts) => void;
  /** True once somebody has tried to save: only then are gaps called wrong. */
  tried: boolean;
  /** The server's faults, by `custom.key`. */
  faults?: Record<string, string>;
  /** The record that is edited; left out: it is not there yet, and nothing can be attached to it. */
  recordId?: string | undefined;
};

const PointingInput = fetched(() => import('./PointingInputs.tsx'));

export function CustomInputs({ fields, form, set, tried, faults = {}, recordId }: CustomInputsProps) {
  const { t } = useWords('custom-fields');
  const wrong = tried ? customFaults(fields, form) : {};
  if (fields.length === 0) return null;
  return (
    <div className={css.inputs}>
      {fields.map(field => {
        const key = keyOf(field);
        const fault = wrong[key];
        return (
          <Input
            key={key}
            field={field}
            value={form[key] ?? ''}
            onValue={value => set({ [key]: value })}
            error={fault ? t(`fault.${fault}`) : faults[key]}
            recordId={recordId}
          />
        );
      })}
    </div>
  );
}

type InputProps = {
  field: CustomField;
  value: string;
  onValue: (value: string) => void;
  error: string | undefined;
  recordId: string | undefined;
};

function Input({ field, value, onValue, error, recordId }: InputProps) {
  const { t } = useWords('custom-fields');
  const { owners } = useOwners();
  const shared = { label: field.label, required: field.required, error, value, onValue };
  const none = { value: '', label: t('none') };
  switch (field.kind) {
    case 'lines':
      return <TextAreaField {...shared} minRows={2} className={css.wide} />;
    case 'choice':
      return (
        <SelectField
          {...shared}
          data={[
            none,
            ...field.choices
              .filter(choice => !choice.archived || choice.id === value)
              .map(choice => ({ value: choice.id, label: choice.label })),
          ]}
        />
      );
    case 'flag':
      return (
        <SelectField
          {...shared}
          data={[none, { value: 'yes', label: t('yes') }, { value: 'no', label: t('no') }]}
        />
      );
    case 'person':
      return (
        <SelectField
          {...shared}
          data={[
            none,
            ...owners.map(owner => ({ value: owner.id, label: owner.name })),
            ...(value && !owners.some(owner => owner.id === value) ? [{ value, label: t('somebody') }] : []),
          ]}
        />
      );
    case 'date':
      return <TextField {...shared} type="date" />;
    case 'number':
      return <TextField {...shared} inputMode="decimal" autoComplete="off" />;
    case 'money':
      return (
        <TextField
          {...shared}
          inputMode="decimal"
          autoComplete="off"
          rightSection={<span className={css.unit}>{field.currency}</span>}
        />
      );
    case 'file':
    case 'record':
      return (
        <Suspense fallback={null}>
          <PointingInput field={field} value={value} onValue={onValue} error={error} recordId={recordId} />
        </Suspense>
      );
    case 'link':
      return <TextField {...shared} inputMode="url" autoCapitalize="none" autoComplete="off" />;
    default:
      return <TextField {...shared} autoComplete="off" />;
  }
}
