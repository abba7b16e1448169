// The fields of a follow-up: kind by one tap, words, and what comes next with days to tap.
import { TextAreaField, TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import css from './activities.module.css';
import { type ActivityForm, kinds, morningIn, offeredDays } from './form.ts';
import { kindIcons } from './kind-icons.tsx';

type ActivityFieldsProps = {
  form: ActivityForm;
  set: (change: Partial<ActivityForm>) => void;
  tried: boolean;
  autoFocus?: boolean;
};

export function ActivityFields({ form, set, tried, autoFocus = false }: ActivityFieldsProps) {
  const { t } = useWords('activities');
  return (
    <>
      <fieldset className={css.kinds}>
        <legend className="lk-hidden">{t('field.kind')}</legend>
        {kinds.map(kind => {
          const Icon = kindIcons[kind];
          return (
            <label key={kind} className={css.kind} data-chosen={kind === form.kind || undefined}>
              <input
                type="radio"
                name="kind"
                className="lk-hidden"
                checked={kind === form.kind}
                onChange={() => set({ kind })}
              />
              <Icon size={18} stroke={1.75} aria-hidden />
              {t(`kind.${kind}`)}
            </label>
          );
        })}
      </fieldset>
      <TextAreaField
        label={t('field.body')}
        placeholder={t('field.body-hint')}
        required
        minRows={3}
        {...(autoFocus ? { 'data-autofocus': true } : {})}
        value={form.body}
        onValue={body => set({ body })}
        error={tried && !form.body.trim() ? t('body-missing') : null}
      />
      <div className={css.next}>
        <TextField
          label={t('field.nextStep')}
          autoComplete="off"
          value={form.nextStep}
          onValue={nextStep => set({ nextStep })}
        />
        <TextField
          type="datetime-local"
          label={t('field.nextAt')}
          value={form.nextAt}
          onValue={nextAt => set({ nextAt })}
        />
      </div>
      <div className={css.days}>
        {offeredDays.map(days => (
          <button
            key={days}
            type="button"
            className={css.day}
            aria-pressed={form.nextAt === morningIn(days)}
            onClick={() => set({ nextAt: form.nextAt === morningIn(days) ? '' : morningIn(days) })}
          >
            {t(`in.${days}`)}
          </button>
        ))}
      </div>
    </>
  );
}
