// For experts, folded away: the four lanes in numbers of one's own. The bounds are the server's, told at the field.
import { TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import { type LaneField, type LaneKind, laneFields, laneKinds } from './choices.ts';
import css from './lock-policy.module.css';

export type LaneTexts = Record<LaneKind, Record<LaneField, string>>;

type OwnNumbersProps = {
  chosen: boolean;
  texts: LaneTexts;
  /** What the server says is wrong, by `lanes.strangers.tries`. */
  faults: Record<string, string>;
  onChosen: () => void;
  onText: (kind: LaneKind, field: LaneField, text: string) => void;
  disabled: boolean;
};

export function OwnNumbers({ chosen, texts, faults, onChosen, onText, disabled }: OwnNumbersProps) {
  const { t } = useWords('policies');
  return (
    <details className={css.own} open={chosen || undefined}>
      <summary>{t('own.title')}</summary>
      <fieldset disabled={disabled}>
        <legend className="lk-hidden">{t('own.title')}</legend>
        <label className={css.choose}>
          <input type="radio" name="preset" value="custom" checked={chosen} onChange={onChosen} />
          <span>{t('own.words')}</span>
        </label>
        {chosen
          ? laneKinds.map(kind => (
              <fieldset key={kind} className={css.lane}>
                <legend>{t(`lane.${kind}.name`)}</legend>
                <p className="lk-hint">{t(`lane.${kind}.words`)}</p>
                <div>
                  {laneFields.map(field => (
                    <TextField
                      key={field}
                      type="number"
                      inputMode="decimal"
                      step="any"
                      label={t(`own.${field}`)}
                      value={texts[kind][field]}
                      onValue={text => onText(kind, field, text)}
                      error={
                        faults[`lanes.${kind}.${field}`] ??
                        (texts[kind][field].trim() === '' ? t('own.missing') : null)
                      }
                    />
                  ))}
                </div>
              </fieldset>
            ))
          : null}
      </fieldset>
    </details>
  );
}
