// One list of reasons to be shaped: renamed in one or both languages, ordered, added, and offered no more.
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Problem } from '../problem.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import { type Line, lineOf, wishesOf } from './reasons-form.ts';
import { type Outcome, type Reason, shippedWords } from './use-reasons.ts';

type FormProps = { outcome: Outcome; items: Reason[]; version: number; onDone: () => void };

export default function ReasonsForm({ outcome, items, version, onDone }: FormProps) {
  const { t } = useWords('deals');
  const shipped = (key: string) => shippedWords(outcome, key);
  const draft = useDraft(`${outcome}-reasons:${version}`, {
    lines: items.filter(one => one.active).map((one, id) => lineOf(one, id, shipped)),
    gone: items.filter(one => !one.active),
  });
  const [tried, setTried] = useState(false);
  const written = {
    renews: [['deals', 'reasons', outcome]],
    onDone: () => {
      draft.saved();
      toast(t('reasons.saved'));
      onDone();
    },
  };
  const saves = { won: useWrite('PUT /win-reasons', written), lost: useWrite('PUT /lost-reasons', written) };
  const save = saves[outcome];
  if (!draft.ready) return <LoadingRows rows={4} />;
  const { lines, gone } = draft.value;
  const setLines = (next: Line[]) => draft.set({ lines: next });
  const setLine = (line: Line, change: Partial<Line>) =>
    setLines(lines.map(one => (one === line ? { ...one, ...change } : one)));
  const next = Math.max(items.length, ...lines.map(line => line.id + 1));
  const texts = lines.map(line => line.text.trim().toLowerCase());
  const faultOf = (i: number) =>
    texts[i] === '' ? t('fault.missing') : texts.indexOf(texts[i] ?? '') < i ? t('reasons.twice') : undefined;
  const empty = outcome === 'lost' && lines.length === 0;
  function submit() {
    setTried(true);
    if (lines.some((_, i) => faultOf(i)) || empty || save.isPending) return;
    save.mutate({ body: { items: wishesOf(lines, gone, items, shipped) }, ifMatch: `"v${version}"` });
  }
  function remove(line: Line) {
    const one = items.find(item => item.key === line.key);
    draft.set({ lines: lines.filter(other => other !== line), ...(one ? { gone: [...gone, one] } : {}) });
  }
  const stale = save.error instanceof Problem && save.error.status === 412;
  return (
    <Form className={css.form} onSubmit={submit}>
      <ul className={css.wins}>
        {lines.map((line, i) => (
          <li key={line.id}>
            <TextField
              aria-label={t('reasons.name', { count: i + 1 })}
              value={line.text}
              maxLength={60}
              onValue={text => setLine(line, { text })}
              error={tried ? faultOf(i) : undefined}
            />
            <ActionIcon
              variant="subtle"
              aria-label={t('reasons.up', { name: line.text })}
              disabled={i === 0}
              onClick={() =>
                setLines([...lines.slice(0, i - 1), line, ...lines.slice(i - 1, i), ...lines.slice(i + 1)])
              }
            >
              <IconArrowUp size={18} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              aria-label={t('reasons.remove', { name: line.text })}
              onClick={() => remove(line)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
            {line.key !== undefined && line.text.trim() === shipped(line.key) ? null : (
              <TextField
                aria-label={t('reasons.other', { count: i + 1 })}
                placeholder={t('reasons.other-short')}
                value={line.other}
                maxLength={60}
                onValue={other => setLine(line, { other })}
              />
            )}
          </li>
        ))}
      </ul>
      {tried && empty ? <p role="alert">{t('reasons.empty')}</p> : null}
      <Button
        variant="subtle"
        leftSection={<IconPlus size={18} aria-hidden />}
        disabled={lines.length >= 20}
        onClick={() => setLines([...lines, { id: next, text: '', other: '' }])}
      >
        {t('reasons.add')}
      </Button>
      {gone.map(one => (
        <Button
          key={one.key}
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() =>
            draft.set({
              gone: gone.filter(other => other !== one),
              lines: [...lines, lineOf(one, next, shipped)],
            })
          }
        >
          {t('reasons.back', { name: one.label ?? shipped(one.key) })}
        </Button>
      ))}
      <ProblemNote error={save.error} />
      {stale ? (
        <Button variant="default" onClick={onDone} fullWidth>
          {t('move.look-again')}
        </Button>
      ) : (
        <Button type="submit" loading={save.isPending} fullWidth>
          {t('reasons.save')}
        </Button>
      )}
      <DraftNote draft={draft} />
    </Form>
  );
}
