// One thing that a rule does.
import { Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { SelectField, TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import css from './automation.module.css';
import { type ActionForm, isDateField, type Row, type Subject } from './form.ts';
import type { Names } from './use-names.ts';

type ActionFieldsProps = {
  object: Subject;
  action: ActionForm;
  names: Names;
  wrong: boolean;
  onChange: (change: Partial<ActionForm>) => void;
  onRemove: () => void;
};

export function ActionFields({ object, action, names, wrong, onChange, onRemove }: ActionFieldsProps) {
  const { t } = useWords('automation');
  const choose = { value: '', label: t('form.choose') };
  const words = (label: string) => (
    <TextField label={label} value={action.words} onValue={words => onChange({ words })} autoComplete="off" />
  );
  const days = (label: string) => (
    <TextField
      label={label}
      inputMode="numeric"
      value={action.days}
      onValue={days => onChange({ days })}
      autoComplete="off"
    />
  );
  const values = names.choicesOf(object, action.field);
  return (
    <div className={css.action}>
      <div className={css.head}>
        <strong>{t(`action.${action.kind}`)}</strong>
        <Button
          variant="subtle"
          color="gray"
          className={css.drop ?? ''}
          aria-label={t('form.remove-action', { action: t(`action.${action.kind}`) })}
          onClick={onRemove}
        >
          <IconX size={18} aria-hidden />
        </Button>
      </div>
      {action.kind === 'assign' ? <Assign {...{ object, action, names, onChange }} /> : null}
      {action.kind === 'task' ? (
        <>
          {words(t('form.task-title'))}
          <div className={css.pair}>
            {days(t('form.task-days'))}
            <SelectField
              label={t('form.task-for')}
              value={action.whom}
              onValue={whom => onChange({ whom })}
              data={[{ value: 'owner', label: t('whom.owner') }, ...names.people]}
            />
          </div>
        </>
      ) : null}
      {action.kind === 'notify' ? (
        <>
          {words(t('form.notify-words'))}
          <div className={css.checks}>
            {(['owner', 'manager'] as const).map(whom => (
              <label key={whom} className={css.check}>
                <input
                  type="checkbox"
                  checked={action[whom]}
                  onChange={event => onChange({ [whom]: event.currentTarget.checked })}
                />
                {t(`whom.${whom}`)}
              </label>
            ))}
          </div>
          <People label={t('form.also')} action={action} names={names} onChange={onChange} />
        </>
      ) : null}
      {action.kind === 'set' ? (
        <div className={css.pair}>
          <SelectField
            label={t('form.set-field')}
            value={action.field}
            onValue={field => onChange({ field, value: '' })}
            data={[choose, ...names.fields(object, 'set')]}
          />
          {isDateField(action.field) ? days(t('form.set-days')) : null}
          {!isDateField(action.field) && values ? (
            <SelectField
              label={t('form.set-value')}
              value={action.value}
              onValue={value => onChange({ value })}
              data={[choose, ...values]}
            />
          ) : null}
          {!isDateField(action.field) && !values ? (
            <TextField
              label={t('form.set-value')}
              value={action.value}
              onValue={value => onChange({ value })}
              autoComplete="off"
            />
          ) : null}
        </div>
      ) : null}
      {action.kind === 'move' || action.kind === 'webhook' ? (
        <SelectField
          label={t(action.kind === 'move' ? 'form.stage' : 'form.hook')}
          value={action.target}
          onValue={target => onChange({ target })}
          data={[choose, ...(action.kind === 'move' ? names.stages : names.hooks)]}
        />
      ) : null}
      {action.kind === 'tag' ? (
        <div className={css.pair}>
          {words(t('form.tags'))}
          <TextField
            label={t('form.untags')}
            value={action.value}
            onValue={value => onChange({ value })}
            autoComplete="off"
          />
        </div>
      ) : null}
      {action.kind === 'pool' ? words(t('form.pool-reason')) : null}
      {wrong ? <p className={css.wrong}>{t('form.missing-here')}</p> : null}
    </div>
  );
}

type PeopleProps = Pick<ActionFieldsProps, 'action' | 'names' | 'onChange'> & { label: string };

function People({ label, action, names, onChange }: PeopleProps) {
  const { t } = useWords('automation');
  const left = names.people.filter(one => !action.people.includes(one.value));
  return (
    <>
      {action.people.length > 0 ? (
        <ul className={css.people}>
          {action.people.map(id => (
            <li key={id}>
              {names.person(id)}
              <button
                type="button"
                aria-label={t('form.remove-person', { name: names.person(id) })}
                onClick={() => onChange({ people: action.people.filter(one => one !== id) })}
              >
                <IconX size={16} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <SelectField
        label={label}
        value=""
        onValue={id => (id ? onChange({ people: [...action.people, id] }) : undefined)}
        data={[{ value: '', label: t('form.add-person') }, ...left]}
      />
    </>
  );
}

function Assign({ object, action, names, onChange }: Omit<ActionFieldsProps, 'wrong' | 'onRemove'>) {
  const { t } = useWords('automation');
  const put = (at: number, change: Partial<Row>) =>
    onChange({ rows: action.rows.map((row, place) => (place === at ? { ...row, ...change } : row)) });
  const blankRow = { values: '', person: '' };
  return (
    <>
      <SelectField
        label={t('form.assign-by')}
        value={action.tableField}
        onValue={tableField =>
          onChange({ tableField, rows: action.rows.length > 0 ? action.rows : [blankRow] })
        }
        data={[{ value: '', label: t('form.by-turn') }, ...names.fields(object, 'all')]}
      />
      {action.tableField ? (
        <>
          {action.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place alone.
            <div key={at} className={css.row}>
              <TextField
                aria-label={t('form.row-values')}
                placeholder={t('form.row-values')}
                value={row.values}
                onValue={values => put(at, { values })}
                autoComplete="off"
              />
              <SelectField
                aria-label={t('form.row-person')}
                value={row.person}
                onValue={person => put(at, { person })}
                data={[{ value: '', label: t('form.row-person') }, ...names.people]}
              />
              <Button
                variant="subtle"
                color="gray"
                className={css.drop ?? ''}
                aria-label={t('form.remove-row')}
                onClick={() => onChange({ rows: action.rows.filter((_, place) => place !== at) })}
              >
                <IconX size={18} aria-hidden />
              </Button>
            </div>
          ))}
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => onChange({ rows: [...action.rows, blankRow] })}
          >
            {t('form.add-row')}
          </Button>
        </>
      ) : null}
      <People
        label={t(action.tableField ? 'form.otherwise' : 'form.in-turn')}
        action={action}
        names={names}
        onChange={onChange}
      />
      <p className={css.quiet}>{t('form.turn-hint')}</p>
    </>
  );
}
