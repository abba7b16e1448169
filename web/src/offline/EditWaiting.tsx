// A write that the server refused, put right: its texts as fields, sent again as a new write.
import { Button } from '@mantine/core';
import { newKey } from '../api.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { LoadingRecord } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWords } from '../words.ts';
import { useFieldWords } from './field-words.ts';
import css from './offline.module.css';
import type { Waiting } from './writes.ts';

const long = ['remark', 'note', 'body', 'address', 'lostRemark', 'unqualifiedRemark'];

export function EditWaiting({ entry, onSave }: { entry: Waiting; onSave: (entry: Waiting) => void }) {
  const { t } = useWords('offline');
  const words = useFieldWords(entry);
  const texts = Object.fromEntries(
    Object.entries(entry.body).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string' && words.isText(pair[0]),
    ),
  );
  const draft = useDraft<Record<string, string>>(`waiting:${entry.key}`, texts);
  if (!draft.ready) return <LoadingRecord />;
  function submit() {
    const { refusal: _refusal, ...rest } = entry;
    draft.saved();
    const body = { ...entry.body };
    for (const [field, value] of Object.entries(draft.value)) body[field] = value.trim() || null;
    onSave({ ...rest, body, key: newKey(), sentAt: null, state: 'waiting' });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      {entry.refusal ? <Note tone="warn">{entry.refusal.words}</Note> : null}
      {Object.keys(texts).map(field => {
        const common = {
          label: words.name(field),
          value: draft.value[field] ?? '',
          onValue: (value: string) => draft.set({ [field]: value }),
        };
        return long.includes(field) ? (
          <TextAreaField key={field} {...common} />
        ) : (
          <TextField key={field} {...common} />
        );
      })}
      <Button type="submit" fullWidth>
        {t('act.send')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
