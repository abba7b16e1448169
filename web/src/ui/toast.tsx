// A short word after something has been done, with an optional way back; read out by screen readers.
import { useEffect, useState } from 'react';
import css from './toast.module.css';

type Toast = { id: number; words: string; undo?: { label: string; act: () => void } };

let show: ((next: (before: Toast | null) => Toast) => void) | null = null;
let count = 0;

/** `toast(t('saved'))`, or with a way back `toast(t('deleted'), { label: t('undo'), act: restore })`. */
export function toast(words: string, undo?: Toast['undo']): void {
  count += 1;
  const id = count;
  show?.(() => ({ id, words, ...(undo ? { undo } : {}) }));
}

/** Says something more about what was just done, and leaves the way back where there is one. */
export function toastToo(words: string): void {
  count += 1;
  const id = count;
  show?.(before => (before?.undo ? { ...before, id, words: `${before.words} · ${words}` } : { id, words }));
}

/** Stands once in the shell. */
export function Toaster() {
  const [current, setCurrent] = useState<Toast | null>(null);
  useEffect(() => {
    show = setCurrent;
    return () => {
      show = null;
    };
  }, []);
  useEffect(() => {
    if (!current) return;
    // WCAG 2.2.1: a toast with an action stays longer.
    const timer = setTimeout(() => setCurrent(null), current.undo ? 12_000 : 4500);
    return () => clearTimeout(timer);
  }, [current]);
  return (
    <div className={css.place} role="status" aria-live="polite">
      {current ? (
        <div className={css.toast} key={current.id}>
          <span>{current.words}</span>
          {current.undo ? (
            <button
              type="button"
              onClick={() => {
                current.undo?.act();
                setCurrent(null);
              }}
            >
              {current.undo.label}
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
