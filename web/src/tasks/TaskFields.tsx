// The fields of a task: what, when by one tap or a date, and behind a fold how often, how urgent, and whose.
import { CustomInputs } from '../custom-fields/CustomInputs.tsx';
import type { CustomField, FormChange, WithCustom } from '../custom-fields/values.ts';
import { useOwners } from '../customers/use-owners.ts';
import { useMe } from '../session.ts';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import {
  blank,
  dayIn,
  daysToMonday,
  type Faults,
  type Kind,
  kinds,
  priorities,
  reminders,
  repeats,
  type TaskForm,
} from './form.ts';
import { kindIcons } from './kind-icons.tsx';
import { Repeating } from './Repeating.tsx';
import css from './tasks.module.css';

type TaskFieldsProps = {
  form: WithCustom<TaskForm>;
  set: (change: FormChange<TaskForm>) => void;
  /** What is wrong, once somebody has tried to save. */
  faults: Faults;
  autoFocus?: boolean;
  /** The workspace's own. */
  own: CustomField[];
  tried: boolean;
};

/** Days from today that are offered at one tap. */
const offered = () => [
  { key: 'today', days: 0 },
  { key: 'tomorrow', days: 1 },
  { key: 'three', days: 3 },
  { key: 'week', days: daysToMonday() },
];

export function TaskFields({ form, set, faults, autoFocus = false, own, tried }: TaskFieldsProps) {
  const { t } = useWords('tasks');
  const rare = form.note !== '' || form.repeat !== '' || form.ownerId !== blank.ownerId;
  return (
    <>
      <TextField
        label={t('field.title')}
        placeholder={t('field.title-hint')}
        required
        autoComplete="off"
        maxLength={300}
        {...(autoFocus ? { 'data-autofocus': true } : {})}
        value={form.title}
        onValue={title => set({ title })}
        error={faults.title ? t('fault.title') : null}
      />
      <Kinds value={form.kind} onValue={kind => set({ kind })} />
      <div className="lk-stack">
        <div className={css.pair}>
          <TextField
            type="date"
            label={t('field.day')}
            value={form.day}
            onValue={day => set({ day })}
            error={faults.day ? t('fault.day') : null}
          />
          <TextField type="time" label={t('field.time')} value={form.time} onValue={time => set({ time })} />
        </div>
        <div className={css.choices}>
          {offered().map(({ key, days }) => (
            <button
              key={key}
              type="button"
              className={css.choice}
              aria-pressed={form.day === dayIn(days)}
              onClick={() => set({ day: form.day === dayIn(days) ? '' : dayIn(days) })}
            >
              {t(`in.${key}`)}
            </button>
          ))}
        </div>
      </div>
      <div className={css.pair}>
        <SelectField
          label={t('field.remind')}
          value={form.remind}
          onValue={remind => set({ remind })}
          data={[
            { value: '', label: t('remind.none') },
            ...[...new Set([...reminders, ...(form.remind ? [form.remind] : [])])].map(minutes => ({
              value: minutes,
              label: reminders.includes(minutes)
                ? t(`remind.${minutes}`)
                : t('remind.other', { count: Number(minutes) }),
            })),
          ]}
        />
        <SelectField
          label={t('field.priority')}
          value={form.priority}
          onValue={priority => set({ priority: priority as TaskForm['priority'] })}
          data={priorities.map(priority => ({ value: priority, label: t(`priority.${priority}`) }))}
        />
      </div>
      <CustomInputs fields={own} form={form} set={set} tried={tried} />
      <details className={css.fold} open={rare || undefined}>
        <summary>{t('more')}</summary>
        <div className={css.form}>
          <SelectField
            label={t('field.repeat')}
            value={form.repeat}
            onValue={repeat => set({ repeat: repeat as TaskForm['repeat'] })}
            data={[
              { value: '', label: t('repeat.none') },
              ...repeats.map(every => ({ value: every, label: t(`repeat.${every}`) })),
            ]}
          />
          {form.repeat === '' ? null : <Repeating form={form} set={set} faults={faults} />}
          <TextAreaField label={t('field.note')} value={form.note} onValue={note => set({ note })} />
          <OwnerField value={form.ownerId} onValue={ownerId => set({ ownerId })} />
        </div>
      </details>
    </>
  );
}

function Kinds({ value, onValue }: { value: Kind; onValue: (kind: Kind) => void }) {
  const { t } = useWords('tasks');
  return (
    <fieldset className={css.choices}>
      <legend className="lk-hidden">{t('field.kind')}</legend>
      {kinds.map(kind => {
        const Icon = kindIcons[kind];
        return (
          <label key={kind} className={css.choice} data-chosen={kind === value || undefined}>
            <input
              type="radio"
              name="task-kind"
              className="lk-hidden"
              checked={kind === value}
              onChange={() => onValue(kind)}
            />
            <Icon size={18} stroke={1.75} aria-hidden />
            {t(`kind.${kind}`)}
          </label>
        );
      })}
    </fieldset>
  );
}

function OwnerField({ value, onValue }: { value: string; onValue: (id: string) => void }) {
  const { t } = useWords('tasks');
  const { user } = useMe();
  const { owners } = useOwners();
  if (owners.length < 2) return null;
  return (
    <SelectField
      label={t('field.ownerId')}
      value={value || user.id}
      onValue={onValue}
      data={[
        ...owners.filter(owner => owner.id === user.id),
        ...owners.filter(owner => owner.id !== user.id),
      ].map(owner => ({
        value: owner.id,
        label: owner.id === user.id ? t('owner.me') : owner.name,
      }))}
    />
  );
}
