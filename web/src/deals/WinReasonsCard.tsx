// Why deals are won, for administrators: renamed, ordered, added, and offered no more.
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Problem } from '../problem.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import { useWinReasons, type WinReason } from './use-win-reasons.ts';

export function WinReasonsCard() {
  const { t } = useWords('deals');
  const { query, offered, labelOf } = useWinReasons();
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <Card
      title={t('wins.title')}
      aside={
        <Button variant="subtle" onClick={() => setOpened(true)} disabled={!query.data}>
          {t('wins.edit')}
        </Button>
      }
    >
      <p className={css.quiet}>{t('wins.words')}</p>
      {query.isPending ? <LoadingRows rows={1} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      <p>{offered.map(labelOf).join(t('joint'))}</p>
      <Sheet opened={opened} onClose={close} title={t('wins.title')}>
        {opened && query.data ? (
          <Editor
            key={query.data.version}
            items={query.data.items}
            version={query.data.version}
            onDone={close}
          />
        ) : null}
      </Sheet>
    </Card>
  );
}

type Line = { id: number; key?: string; text: string };

function Editor({ items, version, onDone }: { items: WinReason[]; version: number; onDone: () => void }) {
  const { t } = useWords('deals');
  const shipped = (one: WinReason) => t(`won.${one.key}`);
  const lineOf = (one: WinReason, id: number): Line => ({
    id,
    key: one.key,
    text: one.label ?? shipped(one),
  });
  const draft = useDraft(`win-reasons:${version}`, {
    lines: items.filter(one => one.active).map(lineOf),
    gone: items.filter(one => !one.active),
  });
  const [tried, setTried] = useState(false);
  const save = useWrite('PUT /win-reasons', {
    renews: [['deals', 'win-reasons']],
    onDone: () => {
      draft.saved();
      toast(t('wins.saved'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRows rows={4} />;
  const { lines, gone } = draft.value;
  const setLines = (next: Line[]) => draft.set({ lines: next });
  const next = Math.max(items.length, ...lines.map(line => line.id + 1));
  const texts = lines.map(line => line.text.trim().toLowerCase());
  const faultOf = (i: number) =>
    texts[i] === '' ? t('fault.missing') : texts.indexOf(texts[i] ?? '') < i ? t('wins.twice') : undefined;
  function wishOf({ key, text }: Line) {
    const one = items.find(item => item.key === key);
    const label = one && one.label === null && text.trim() === shipped(one) ? null : text.trim();
    return { ...(key ? { key } : {}), label, active: true };
  }
  function submit() {
    setTried(true);
    if (lines.some((_, i) => faultOf(i)) || save.isPending) return;
    const left = gone.map(({ key, label }) => ({ key, label, active: false }));
    save.mutate({ body: { items: [...lines.map(wishOf), ...left] }, ifMatch: `"v${version}"` });
  }
  function remove(line: Line) {
    const one = items.find(item => item.key === line.key);
    draft.set({
      lines: lines.filter(other => other !== line),
      ...(one ? { gone: [...gone, one] } : {}),
    });
  }
  const stale = save.error instanceof Problem && save.error.status === 412;
  return (
    <Form className={css.form} onSubmit={submit}>
      <ul className={css.wins}>
        {lines.map((line, i) => (
          <li key={line.id}>
            <TextField
              aria-label={t('wins.name', { count: i + 1 })}
              value={line.text}
              maxLength={60}
              onValue={text => setLines(lines.map(one => (one === line ? { ...one, text } : one)))}
              error={tried ? faultOf(i) : undefined}
            />
            <ActionIcon
              variant="subtle"
              aria-label={t('wins.up', { name: line.text })}
              disabled={i === 0}
              onClick={() =>
                setLines([...lines.slice(0, i - 1), line, ...lines.slice(i - 1, i), ...lines.slice(i + 1)])
              }
            >
              <IconArrowUp size={18} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              aria-label={t('wins.remove', { name: line.text })}
              onClick={() => remove(line)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        variant="subtle"
        leftSection={<IconPlus size={18} aria-hidden />}
        disabled={lines.length >= 20}
        onClick={() => setLines([...lines, { id: next, text: '' }])}
      >
        {t('wins.add')}
      </Button>
      {gone.map(one => (
        <Button
          key={one.key}
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() =>
            draft.set({ gone: gone.filter(other => other !== one), lines: [...lines, lineOf(one, next)] })
          }
        >
          {t('wins.back', { name: one.label ?? shipped(one) })}
        </Button>
      ))}
      <ProblemNote error={save.error} />
      {stale ? (
        <Button variant="default" onClick={onDone} fullWidth>
          {t('move.look-again')}
        </Button>
      ) : (
        <Button type="submit" loading={save.isPending} fullWidth>
          {t('wins.save')}
        </Button>
      )}
      <DraftNote draft={draft} />
    </Form>
  );
}
