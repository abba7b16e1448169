// The field for a code: digits large and plain, pasted codes cleaned of spaces, filled in by the phone's keyboard.
import { PlainField } from '../ui/plain.tsx';
import { useWords } from '../words.ts';

type CodeFieldProps = {
  value: string;
  onValue: (code: string) => void;
  wrong: string | null;
  /** A code from paper: letters and digits in groups. */
  paper?: boolean;
};

export function CodeField({ value, onValue, wrong, paper = false }: CodeFieldProps) {
  const { t } = useWords('door');
  return (
    <PlainField
      className={paper ? 'code paper' : 'code'}
      name="code"
      inputMode={paper ? 'text' : 'numeric'}
      autoComplete={paper ? 'off' : 'one-time-code'}
      autoCapitalize={paper ? 'characters' : 'none'}
      spellCheck={false}
      maxLength={paper ? 40 : 24}
      autoFocus
      label={t(paper ? 'field.recovery-code' : 'field.code')}
      value={value}
      onValue={typed => onValue(typed.normalize('NFKC').replace(/\s+/g, ''))}
      wrong={wrong}
    />
  );
}
