// Filters beyond those above the list: by built-in fields, and by the workspace's own, each by what its kind allows.
import { Button } from '@mantine/core';
import { Suspense } from 'react';
import { useFields } from '../custom-fields/use-fields.ts';
import {
  type CustomField,
  type CustomObject,
  customPatch,
  customTexts,
  keyOf,
} from '../custom-fields/values.ts';
import { useOwners } from '../customers/use-owners.ts';
import { fetched } from '../ui/fetched.tsx';
import { SelectField } from '../ui/fields.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { useWords } from '../words.ts';
import { FurtherInputs } from './FurtherInputs.tsx';
import { Typed } from './Typed.tsx';
import { type Condition, type Conditions, conditionsIn, customOf, type Search } from './view.ts';
import css from './views.module.css';

const PointingInput = fetched(() => import('../custom-fields/PointingInputs.tsx'));

const unsorted: CustomField['kind'][] = ['lines', 'file', 'record'];

type OwnFiltersProps = {
  object: CustomObject;
  search: Search;
  opened: boolean;
  onSet: (change: Search) => void;
  onClose: () => void;
};

export default function OwnFilters(props: OwnFiltersProps) {
  const { object, search, opened, onSet, onClose } = props;
  const { custom, sort } = search;
  const { t } = useWords('views');
  const { fields } = useFields(object);
  const conditions = conditionsIn(custom);
  const put = (key: string, condition: Condition | undefined) => {
    const next: Conditions = { ...conditions };
    if (condition === undefined) delete next[key];
    else next[key] = condition;
    onSet({ custom: customOf(next) });
  };
  return (
    <Sheet opened={opened} onClose={onClose} title={t('own.title')}>
      <div className="lk-stack">
        <FurtherInputs object={object} search={search} onSet={onSet} />
        {fields.map(field => (
          <Input
            key={field.key}
            field={field}
            condition={conditions[field.key]}
            onCondition={condition => put(field.key, condition)}
          />
        ))}
        {fields.length > 0 ? (
          <SelectField
            label={t('own.sort')}
            value={sort?.includes('custom.') ? sort : ''}
            onValue={value => onSet({ sort: value })}
            data={[
              { value: '', label: t('own.sort-usual') },
              ...fields
                .filter(field => !unsorted.includes(field.kind))
                .flatMap(field => [
                  { value: keyOf(field), label: t('own.up', { label: field.label }) },
                  { value: `-${keyOf(field)}`, label: t('own.down', { label: field.label }) },
                ]),
            ]}
          />
        ) : null}
        <Button fullWidth onClick={onClose}>
          {t('own.done')}
        </Button>
      </div>
    </Sheet>
  );
}

type InputProps = {
  field: CustomField;
  condition: Condition | undefined;
  onCondition: (condition: Condition | undefined) => void;
};

/** What a text stands for in a condition; undefined for nothing. */
function meant(field: CustomField, text: string): string | number | undefined {
  const value = customPatch([field], {}, { [keyOf(field)]: text }).custom?.[field.key];
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

const shown = (field: CustomField, value: string | number | undefined) =>
  value === undefined ? '' : (customTexts([field], { [field.key]: value })[keyOf(field)] ?? '');

function Input({ field, condition, onCondition }: InputProps) {
  const { t } = useWords('views');
  const { owners } = useOwners();
  const range =
    typeof condition === 'object' && condition !== null && !Array.isArray(condition) ? condition : {};
  const select = (data: { value: string; label: string }[], read: (value: string) => Condition) => (
    <SelectField
      label={field.label}
      value={condition === null ? '-' : condition === undefined ? '' : String(condition)}
      onValue={value => onCondition(value === '' ? undefined : value === '-' ? null : read(value))}
      data={[{ value: '', label: t('own.any') }, ...data, { value: '-', label: t('own.none') }]}
    />
  );
  switch (field.kind) {
    case 'choice':
      return select(
        field.choices.map(choice => ({ value: choice.id, label: choice.label })),
        value => value,
      );
    case 'person':
      return select(
        owners.map(owner => ({ value: owner.id, label: owner.name })),
        value => value,
      );
    case 'file':
      return select([], value => value);
    case 'record':
      return (
        <Suspense fallback={null}>
          <PointingInput
            field={{ ...field, required: false }}
            value={typeof condition === 'string' ? condition : ''}
            onValue={value => onCondition(value || undefined)}
            error={undefined}
            recordId={undefined}
          />
        </Suspense>
      );
    case 'flag':
      return select(
        [
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ],
        value => value === 'true',
      );
    case 'number':
    case 'money':
    case 'date': {
      const put = (end: 'from' | 'to', text: string) => {
        const { [end]: _, ...rest } = range;
        const value = meant(field, text);
        const next = value === undefined ? rest : { ...rest, [end]: value };
        onCondition(Object.keys(next).length > 0 ? next : undefined);
      };
      const type = field.kind === 'date' ? { type: 'date' } : { inputMode: 'decimal' as const };
      return (
        <fieldset className={css.range}>
          <legend>{field.label}</legend>
          {(['from', 'to'] as const).map(end => (
            <Typed
              key={`${end} ${range[end] ?? ''}`}
              {...type}
              label={t(`own.${end}`)}
              start={shown(field, range[end])}
              onCommit={text => put(end, text)}
            />
          ))}
        </fieldset>
      );
    }
    default:
      return (
        <Typed
          key={range.contains ?? ''}
          label={t('own.contains', { label: field.label })}
          start={range.contains ?? ''}
          onCommit={text => onCondition(text.trim() ? { contains: text.trim() } : undefined)}
        />
      );
  }
}
