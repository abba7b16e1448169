// What sets a rule off.
import { SelectField, TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import css from './automation.module.css';
import { actionsOf, blankAction, eventsOf, type RuleForm, subjects, ways } from './form.ts';
import type { Names } from './use-names.ts';

export type PartProps = {
  form: RuleForm;
  set: (change: Partial<RuleForm>) => void;
  names: Names;
  isWrong: (path: string) => boolean;
};

export function EventFields({ form, set, names, isWrong }: PartProps) {
  const { t } = useWords('automation');
  const choose = { value: '', label: t('form.choose') };
  const missing = (path: string) => (isWrong(path) ? t('form.missing') : undefined);
  function turnTo(object: RuleForm['object']) {
    const kinds = actionsOf(object, names.mayHook);
    const actions = form.actions.filter(one => kinds.includes(one.kind));
    set({
      object,
      event: eventsOf(object).includes(form.event) ? form.event : 'added',
      field: '',
      tests: [],
      groups: [],
      actions: actions.length > 0 ? actions : [blankAction('notify')],
    });
  }
  return (
    <fieldset className={css.part}>
      <legend>{t('form.when')}</legend>
      <div className={css.pair}>
        <SelectField
          label={t('form.object')}
          value={form.object}
          onValue={value => turnTo(subjects.find(one => one === value) ?? form.object)}
          data={subjects.map(value => ({ value, label: t(`object.${value}`) }))}
        />
        <SelectField
          label={t('form.event')}
          value={form.event}
          onValue={value =>
            set({ event: eventsOf(form.object).find(one => one === value) ?? form.event, field: '' })
          }
          data={eventsOf(form.object).map(value => ({ value, label: t(`event.${value}`) }))}
        />
      </div>
      {form.event === 'added' ? (
        <fieldset className={css.checks}>
          <legend>{t('form.through')}</legend>
          {ways.map(way => (
            <label key={way} className={css.check}>
              <input
                type="checkbox"
                checked={form.through.includes(way)}
                onChange={event =>
                  set({
                    through: event.currentTarget.checked
                      ? [...form.through, way]
                      : form.through.filter(one => one !== way),
                  })
                }
              />
              {t(`way.${way}`)}
            </label>
          ))}
          {isWrong('through') ? <p className={css.wrong}>{t('form.missing')}</p> : null}
        </fieldset>
      ) : null}
      {form.event === 'changed' ? (
        <SelectField
          label={t('form.field')}
          value={form.field}
          onValue={field => set({ field })}
          data={[{ value: '', label: t('form.any-field') }, ...names.fields(form.object, 'all')]}
        />
      ) : null}
      {form.event === 'stage' ? (
        <SelectField
          label={t('form.stage')}
          value={form.stage}
          onValue={stage => set({ stage })}
          error={missing('stage')}
          data={[choose, ...names.stages]}
        />
      ) : null}
      {form.event === 'date' ? (
        <SelectField
          label={t('form.date')}
          value={form.field}
          onValue={field => set({ field })}
          error={missing('field')}
          data={[choose, ...names.fields(form.object, 'dates')]}
        />
      ) : null}
      {form.event === 'idle' || form.event === 'date' ? (
        <div className={css.pair}>
          <TextField
            label={t(form.event === 'idle' ? 'form.idle-days' : 'form.days')}
            inputMode="numeric"
            autoComplete="off"
            value={form.days}
            onValue={days => set({ days })}
            error={isWrong('days') ? t('form.number') : undefined}
          />
          {form.event === 'date' ? (
            <SelectField
              label={t('form.side')}
              value={form.side}
              onValue={side => set({ side: side === 'before' ? 'before' : 'after' })}
              data={(['before', 'after'] as const).map(value => ({ value, label: t(`side.${value}`) }))}
            />
          ) : null}
        </div>
      ) : null}
      {form.event === 'idle' || form.event === 'date' ? <p className={css.quiet}>{t('form.since')}</p> : null}
    </fieldset>
  );
}
