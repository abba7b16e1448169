// A search box that asks while one types: after a short pause, and never with the letters of an unfinished
// Chinese character (L41).
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { TextField } from './fields.tsx';
import css from './filters.module.css';
import { useShortcuts } from './use-shortcuts.ts';

const pause = 250;

type SearchFieldProps = {
  label: string;
  placeholder: string;
  clearLabel: string;
  /** What is being searched for now. */
  value: string;
  onSearch: (text: string) => void;
};

export function SearchField({ label, placeholder, clearLabel, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef<string | null>(null);
  const asked = useRef(value);
  const act = useRef(onSearch);
  act.current = onSearch;

  // The address changed by other means, such as clearing all filters: the field follows.
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  useShortcuts({ '/': () => field.current?.focus() });

  function ask(next: string, after: number) {
    clearTimeout(timer.current);
    waiting.current = next.trim();
    timer.current = setTimeout(tell, after);
  }
  function tell() {
    clearTimeout(timer.current);
    if (waiting.current === null) return;
    asked.current = waiting.current;
    waiting.current = null;
    act.current(asked.current);
  }
  return (
    <TextField
      ref={field}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      autoComplete="off"
      enterKeyHint="search"
      leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
      rightSection={
        text ? (
          <button
            type="button"
            className={css.wipe}
            aria-label={clearLabel}
            onClick={() => {
              setText('');
              ask('', 0);
            }}
          >
            <IconX size={16} aria-hidden />
          </button>
        ) : null
      }
      value={text}
      onValue={next => {
        setText(next);
        if (!composing.current) ask(next, pause);
      }}
      onCompositionStart={() => {
        composing.current = true;
        clearTimeout(timer.current);
      }}
      onCompositionEnd={event => {
        composing.current = false;
        ask(event.currentTarget.value, pause);
      }}
      // Searching changes the address: later than this it would call back somebody who has gone to a result.
      onBlur={tell}
      onKeyDown={event => {
        if (event.key === 'Enter') ask(event.currentTarget.value, 0);
      }}
    />
  );
}
