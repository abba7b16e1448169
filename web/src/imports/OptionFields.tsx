// How an import goes about duplicates, owners, times.
import { Checkbox } from '@mantine/core';
import { useOwners } from '../customers/use-owners.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import css from './imports.module.css';
import type { Options } from './mapping.ts';

const duplicates = ['skip', 'update', 'create'] as const;

type OptionFieldsProps = {
  /** Rows may name customers that are not there yet. */
  placed: boolean;
  options: Options;
  onChange: (change: Partial<Options>) => void;
};

export function OptionFields({ placed, options, onChange }: OptionFieldsProps) {
  const { t } = useWords('imports');
  const { user } = useMe();
  const { owners } = useOwners();
  const check = (name: 'keepTimes' | 'createCustomers' | 'dayFirst') => (
    <Checkbox
      label={t(`option.${name}`)}
      checked={options[name]}
      onChange={event => onChange({ [name]: event.currentTarget.checked })}
    />
  );
  return (
    <div className={css.options}>
      <SelectField
        label={t('option.duplicates')}
        description={t(`option.duplicates-${options.duplicates}-hint`)}
        value={options.duplicates}
        onValue={value => onChange({ duplicates: duplicates.find(one => one === value) ?? 'skip' })}
        data={duplicates.map(one => ({ value: one, label: t(`option.duplicates-${one}`) }))}
      />
      <SelectField
        label={t('option.owner')}
        description={t('option.owner-hint')}
        value={options.owner ?? user.id}
        onValue={owner => onChange({ owner })}
        data={[
          { value: user.id, label: user.name },
          ...owners
            .filter(owner => owner.id !== user.id)
            .map(owner => ({ value: owner.id, label: owner.name })),
        ]}
      />
      <SelectField
        label={t('option.unknownOwner')}
        value={options.unknownOwner}
        onValue={value => onChange({ unknownOwner: value === 'default' ? 'default' : 'fault' })}
        data={[
          { value: 'fault', label: t('option.unknownOwner-fault') },
          { value: 'default', label: t('option.unknownOwner-default') },
        ]}
      />
      <div className={css.checks}>
        {check('keepTimes')}
        {placed ? check('createCustomers') : null}
        {check('dayFirst')}
      </div>
    </div>
  );
}
