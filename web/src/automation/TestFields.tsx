// The conditions of a rule: all of them, or any.
import { Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { SelectField, TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import css from './automation.module.css';
import type { PartProps } from './EventFields.tsx';
import { ops, type TestForm } from './form.ts';

export function TestFields({ form, set, names, isWrong }: PartProps) {
  const { t } = useWords('automation');
  const put = (at: number, change: Partial<TestForm>) =>
    set({ tests: form.tests.map((one, place) => (place === at ? { ...one, ...change } : one)) });
  return (
    <fieldset className={css.part}>
      <legend>{t('form.if')}</legend>
      {form.tests.length === 0 && form.groups.length === 0 ? (
        <p className={css.quiet}>{t('form.always')}</p>
      ) : null}
      {form.tests.length + form.groups.length > 1 ? (
        <SelectField
          label={t('form.match')}
          value={form.match}
          onValue={match => set({ match: match === 'any' ? 'any' : 'all' })}
          data={(['all', 'any'] as const).map(value => ({ value, label: t(`match.${value}`) }))}
        />
      ) : null}
      {form.tests.map((test, at) => {
        const choices = names.choicesOf(form.object, test.field);
        const needsValue = test.op !== 'filled' && test.op !== 'empty';
        const wrong = isWrong(`tests.${at}.value`) ? t('form.missing') : undefined;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions are known by their place alone.
          <div key={at} className={css.test}>
            <SelectField
              aria-label={t('form.test-field')}
              value={test.field}
              onValue={field => put(at, { field, value: '' })}
              error={isWrong(`tests.${at}`) ? t('form.missing') : undefined}
              data={[{ value: '', label: t('form.test-field') }, ...names.fields(form.object, 'all')]}
            />
            <SelectField
              aria-label={t('form.test-op')}
              value={test.op}
              onValue={op => put(at, { op: ops.find(one => one === op) ?? 'is' })}
              data={ops.map(value => ({ value, label: t(`op.${value}`) }))}
            />
            {needsValue && choices ? (
              <SelectField
                aria-label={t('form.test-value')}
                value={test.value}
                onValue={value => put(at, { value })}
                error={wrong}
                data={[{ value: '', label: t('form.choose') }, ...choices]}
              />
            ) : null}
            {needsValue && !choices ? (
              <TextField
                aria-label={t('form.test-value')}
                placeholder={t('form.test-value')}
                value={test.value}
                onValue={value => put(at, { value })}
                error={wrong}
                autoComplete="off"
              />
            ) : null}
            <Button
              variant="subtle"
              color="gray"
              className={css.drop ?? ''}
              aria-label={t('form.remove-test')}
              onClick={() => set({ tests: form.tests.filter((_, place) => place !== at) })}
            >
              <IconX size={18} aria-hidden />
            </Button>
          </div>
        );
      })}
      {form.groups.length > 0 ? <p className={css.quiet}>{t('form.groups')}</p> : null}
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        onClick={() => set({ tests: [...form.tests, { field: '', op: 'is', value: '' }] })}
      >
        {t('form.add-test')}
      </Button>
    </fieldset>
  );
}
