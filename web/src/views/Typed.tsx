// A field of a filter that asks once one has left it, or by Enter.
import { useState } from 'react';
import { TextField } from '../ui/fields.tsx';

type TypedProps = {
  label: string;
  start: string;
  onCommit: (text: string) => void;
  type?: string;
  inputMode?: 'decimal';
};

export function Typed({ start, onCommit, ...rest }: TypedProps) {
  const [text, setText] = useState(start);
  return (
    <TextField
      {...rest}
      autoComplete="off"
      value={text}
      onValue={setText}
      onCommit={typed => typed.trim() !== start && onCommit(typed)}
    />
  );
}
