// The presets as cards: each in plain words, with what it means for the team and for an attacker.
import { TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import { bounds, type Preset, presets, within } from './choices.ts';
import css from './lock-policy.module.css';

type PresetCardsProps = {
  preset: Preset;
  /** The one that holds now. */
  stored: Preset;
  failures: string;
  minutes: string;
  onPreset: (preset: Preset) => void;
  onFailures: (text: string) => void;
  onMinutes: (text: string) => void;
  disabled: boolean;
};

export function PresetCards(props: PresetCardsProps) {
  const { preset, stored, failures, minutes, onPreset, onFailures, onMinutes, disabled } = props;
  const { t } = useWords('policies');
  const wrong = {
    failures: within(Number(failures), bounds.failures) ? null : t('policy.failures-wrong'),
    minutes: within(Number(minutes), bounds.minutes) ? null : t('policy.minutes-wrong'),
  };
  return (
    <fieldset className={css.presets} disabled={disabled}>
      <legend className="lk-hidden">{t('policy.choose')}</legend>
      {presets.map(one => (
        <div key={one} className={css.preset} data-chosen={one === preset || undefined}>
          <label>
            <input
              type="radio"
              name="preset"
              value={one}
              checked={one === preset}
              onChange={() => onPreset(one)}
            />
            <span>
              <strong>
                {t(`preset.${one}.name`)}
                {one === 'balanced' ? <span className={css.tag}>{t('policy.usual')}</span> : null}
                {one === stored ? <span className={css.present}>{t('policy.present')}</span> : null}
              </strong>
              <span>{t(`preset.${one}.words`)}</span>
              <span className={css.means}>
                <em>{t('policy.team')}</em> {t(`preset.${one}.team`)}
              </span>
              <span className={css.means}>
                <em>{t('policy.attacker')}</em> {t(`preset.${one}.attacker`)}
              </span>
            </span>
          </label>
          {one === 'classic' && preset === 'classic' ? (
            <div className={css.numbers}>
              <TextField
                type="number"
                inputMode="numeric"
                label={t('policy.failures')}
                min={1}
                max={50}
                value={failures}
                onValue={onFailures}
                error={wrong.failures}
              />
              <TextField
                type="number"
                inputMode="numeric"
                label={t('policy.minutes')}
                min={1}
                max={1440}
                value={minutes}
                onValue={onMinutes}
                error={wrong.minutes}
              />
            </div>
          ) : null}
        </div>
      ))}
    </fieldset>
  );
}
