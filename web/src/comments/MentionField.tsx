// A text field in which @ offers colleagues: by keyboard and by tap, never in the middle of an input method's work (L41).
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { api } from '../api.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { TextAreaField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import type { Comment } from './CommentItem.tsx';
import css from './comments.module.css';
import { askedAt, type Colleague, mentioned, suggested } from './mention.ts';

export type Subject = Comment['object'];

/** Whom one may mention at a record, by what is typed; and all who were found so far, who may stand in the words. */
export function usePeople(
  subject: Subject,
  wanted: boolean,
): { found: Colleague[]; met: Colleague[]; look: (typed: string) => void } {
  const [typed, look] = useState('');
  const [met, setMet] = useState<Colleague[]>([]);
  const query = useQuery({
    queryKey: ['comments', 'people', subject.type, subject.id, typed],
    queryFn: async ({ signal }) => {
      const asked = { object: subject.type, id: subject.id, q: typed };
      const { items } = await api('GET /comments/people', { query: asked, signal });
      setMet(before => [...before.filter(one => !items.some(({ id }) => id === one.id)), ...items]);
      return items;
    },
    enabled: wanted,
    staleTime: 60_000,
    placeholderData: before => before,
  });
  return { found: query.data ?? [], met, look };
}

/** A phone's keyboard and bars leave little room. */
const intoView = (element: HTMLElement | null) => {
  element?.scrollIntoView({ block: 'nearest' });
};

type MentionFieldProps = {
  value: string;
  onValue: (value: string) => void;
  people: Colleague[];
  /** What is typed behind an @. */
  onAsk: (typed: string) => void;
  onPick: (person: Colleague) => void;
  onFocus?: () => void;
  label: string;
  open: boolean;
};

export function MentionField({
  value,
  onValue,
  people,
  onAsk,
  onPick,
  onFocus,
  label,
  open,
}: MentionFieldProps) {
  const { t } = useWords('comments');
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const [asked, setAsked] = useState<ReturnType<typeof askedAt>>(null);
  const [chosen, setChosen] = useState(0);
  const found = asked ? suggested(people, asked.typed) : [];
  const current = found[Math.min(chosen, found.length - 1)];

  function look(text: string) {
    const next = askedAt(text, field.current?.selectionStart ?? text.length);
    setAsked(next);
    setChosen(0);
    if (next) onAsk(next.typed.trim());
  }
  function take(person: Colleague) {
    if (!asked) return;
    const next = mentioned(value, asked, person.name);
    onPick(person);
    onValue(next.text);
    setAsked(null);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(next.caret, next.caret);
    });
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!current) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setChosen((chosen + step + found.length) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(current);
    else if (event.key === 'Escape') setAsked(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div>
      <TextAreaField
        ref={field}
        aria-label={label}
        aria-autocomplete="list"
        {...(current ? { 'aria-controls': list, 'aria-activedescendant': `${list}-${current.id}` } : {})}
        placeholder={t('placeholder')}
        minRows={open ? 3 : 1}
        maxLength={4_000}
        value={value}
        {...(onFocus ? { onFocus } : {})}
        onValue={text => {
          onValue(text);
          look(text);
        }}
        onKeyDown={onKeyDown}
        onKeyUp={event => {
          if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') look(value);
        }}
        onBlur={() => setAsked(null)}
      />
      {current ? (
        <div id={list} ref={intoView} role="listbox" aria-label={t('people')} className={css.people}>
          {found.map(person => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field's arrow keys and Enter choose
            <div
              key={person.id}
              id={`${list}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === current}
              className={css.person}
              // The field keeps the focus, or a phone would put its keyboard away.
              onPointerDown={event => event.preventDefault()}
              onClick={() => take(person)}
            >
              <Avatar name={person.name} size={28} />
              <span>{person.name}</span>
              {person.reads ? null : <span className={css.quiet}>{t('cannot-read')}</span>}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
