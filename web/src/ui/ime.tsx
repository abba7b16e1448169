// Input methods (Chinese, Japanese, Korean): a key that picks a candidate must never submit, close or jump (L41).
import type { FormEvent, FormHTMLAttributes, KeyboardEvent } from 'react';
import { useRef } from 'react';

/** True while a key press belongs to the input method. Safari reports it only by key code 229. */
export function isComposing(event: KeyboardEvent | globalThis.KeyboardEvent): boolean {
  const native = 'nativeEvent' in event ? event.nativeEvent : event;
  return native.isComposing || native.keyCode === 229;
}

/** Put on a field: keeps the input method's keys from reaching forms, sheets and shortcuts. */
export function guardKeys(event: KeyboardEvent): void {
  if (!isComposing(event)) return;
  event.stopPropagation();
  // Enter would submit; Escape would empty a search field.
  if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
}

type FormProps = Omit<FormHTMLAttributes<HTMLFormElement>, 'onSubmit'> & {
  onSubmit: () => void | Promise<void>;
};

/** A form that submits by Enter and by button, but never in the middle of a composition. */
export function Form({ onSubmit, children, ...rest }: FormProps) {
  const composing = useRef(false);
  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (!composing.current) void onSubmit();
  }
  return (
    <form
      noValidate
      {...rest}
      onSubmit={submit}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={() => {
        composing.current = false;
      }}
    >
      {children}
    </form>
  );
}
