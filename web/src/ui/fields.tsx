// The app's fields: Mantine's, made safe for input methods (L41). Use these, never Mantine's inputs directly.
import {
  NativeSelect,
  type NativeSelectProps,
  Textarea,
  type TextareaProps,
  TextInput,
  type TextInputProps,
} from '@mantine/core';
import type { FocusEvent, KeyboardEvent } from 'react';
import { guardKeys, isComposing } from './ime.tsx';

type Commit = {
  onValue: (value: string) => void;
  /** For fields that save by themselves: called on Enter and on leaving, with what the field really shows. */
  onCommit?: (value: string) => void;
};
type TextFieldProps = Omit<TextInputProps, 'onChange' | 'value'> & Commit & { value: string };
type TextAreaFieldProps = Omit<TextareaProps, 'onChange' | 'value'> & Commit & { value: string };
type SelectFieldProps = Omit<NativeSelectProps, 'onChange' | 'value'> & {
  value: string;
  onValue: (value: string) => void;
};

/** A one-line text field; also for e-mail, phone, number and date by `type` and `inputMode`. */
export function TextField({ onValue, onCommit, onBlur, onKeyDown, ...rest }: TextFieldProps) {
  return (
    <TextInput
      {...rest}
      onChange={event => onValue(event.currentTarget.value)}
      onBlur={(event: FocusEvent<HTMLInputElement>) => {
        onCommit?.(event.currentTarget.value);
        onBlur?.(event);
      }}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
        guardKeys(event);
        if (isComposing(event)) return;
        if (event.key === 'Enter' && onCommit) {
          event.preventDefault();
          onCommit(event.currentTarget.value);
        }
        onKeyDown?.(event);
      }}
    />
  );
}

/** A text field of several lines that grows with its text; Ctrl or Cmd with Enter submits its form. */
export function TextAreaField({ onValue, onCommit, onBlur, onKeyDown, ...rest }: TextAreaFieldProps) {
  return (
    <Textarea
      autosize
      minRows={3}
      maxRows={14}
      {...rest}
      onChange={event => onValue(event.currentTarget.value)}
      onBlur={(event: FocusEvent<HTMLTextAreaElement>) => {
        onCommit?.(event.currentTarget.value);
        onBlur?.(event);
      }}
      onKeyDown={(event: KeyboardEvent<HTMLTextAreaElement>) => {
        guardKeys(event);
        if (isComposing(event)) return;
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }
        onKeyDown?.(event);
      }}
    />
  );
}

/** A choice of few: the platform's own picker, which is the best one on a phone. */
export function SelectField({ onValue, ...rest }: SelectFieldProps) {
  return <NativeSelect {...rest} onChange={event => onValue(event.currentTarget.value)} />;
}
