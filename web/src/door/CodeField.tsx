// The field for a code: digits large and plain, pasted codes cleaned of spaces, filled in by the phone's keyboard.
import { PlainField } from '../ui/plain.tsx';
import { useWords } from '../words.ts';

type CodeFieldProps = { value: string; onValue: (code: string) => void; wrong: string | null };

export function CodeField({ value, onValue, wrong }: CodeFieldProps) {
  const { t } = useWords('door');
  return (
    <PlainField
      className="code"
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={24}
      autoFocus
      label={t('field.code')}
      value={value}
      onValue={typed => onValue(typed.normalize('NFKC').replace(/\s+/g, ''))}
      wrong={wrong}
    />
  );
}
