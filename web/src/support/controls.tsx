// Door-weight fields that support needs besides the usual ones: several lines of text, one of several.
import { useId } from 'react';
import { guardKeys } from '../ui/ime.tsx';

type AreaProps = {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  wrong?: string | null;
  rows?: number;
};

/** A labelled field of several lines. */
export function PlainArea({ label, value, onValue, hint, wrong, rows = 4 }: AreaProps) {
  const id = useId();
  return (
    <div className="lk-field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="lk-input sup-area"
        rows={rows}
        maxLength={4_000}
        value={value}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={`${id}-hint ${id}-wrong`}
        onKeyDown={guardKeys}
        onChange={event => onValue(event.currentTarget.value)}
      />
      <p className="lk-wrong" id={`${id}-wrong`} role="alert" hidden={!wrong}>
        {wrong}
      </p>
      <p className="lk-hint" id={`${id}-hint`} hidden={!hint}>
        {hint}
      </p>
    </div>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  onValue: (value: string) => void;
  choices: { value: string; label: string }[];
};

/** A labelled choice of one, in the device's own list. */
export function PlainChoice({ label, value, onValue, choices }: ChoiceProps) {
  const id = useId();
  return (
    <div className="lk-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="lk-input"
        value={value}
        onChange={event => onValue(event.currentTarget.value)}
      >
        {choices.map(one => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}
