// How a task repeats: every so many days, weeks or months, on which weekdays, counted from when.
import { SelectField, TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import type { Faults, TaskForm } from './form.ts';
import css from './tasks.module.css';

type RepeatingProps = { form: TaskForm; set: (change: Partial<TaskForm>) => void; faults: Faults };

const week = ['1', '2', '3', '4', '5', '6', '7'];

export function Repeating({ form, set, faults }: RepeatingProps) {
  const { t } = useWords('tasks');
  const chosen = form.weekdays ? form.weekdays.split(',') : [];
  const toggle = (day: string) =>
    set({
      weekdays: week.filter(one => (one === day ? !chosen.includes(one) : chosen.includes(one))).join(','),
    });
  return (
    <>
      <div className={css.pair}>
        <TextField
          label={t(`step.${form.repeat || 'day'}`)}
          inputMode="numeric"
          value={form.step}
          onValue={step => set({ step })}
          error={faults.step ? t('fault.step') : null}
        />
        <SelectField
          label={t('field.after')}
          value={form.after}
          onValue={after => set({ after: after as TaskForm['after'] })}
          data={[
            { value: 'due', label: t('after.due') },
            { value: 'done', label: t('after.done') },
          ]}
        />
      </div>
      {form.repeat === 'week' ? (
        <fieldset className={css.choices}>
          <legend className="lk-hidden">{t('field.weekdays')}</legend>
          {week.map(day => (
            <button
              key={day}
              type="button"
              className={css.choice}
              aria-pressed={chosen.includes(day)}
              onClick={() => toggle(day)}
            >
              {t(`weekday.${day}`)}
            </button>
          ))}
        </fieldset>
      ) : null}
    </>
  );
}
