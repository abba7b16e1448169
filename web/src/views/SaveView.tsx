// Keeping what a list shows as a view: its name, and who may use it.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../session.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRows, ProblemNote } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Kept, SavedView, ViewObject } from './view.ts';

type SaveViewProps = {
  object: ViewObject;
  kept: Kept;
  onSaved: (view: SavedView) => void;
  onClose: () => void;
};

type Input = { name: string; audience: SavedView['audience'] };
const blank: Input = { name: '', audience: 'own' };

export default function SaveView({ object, kept, onSaved, onClose }: SaveViewProps) {
  const { t } = useWords('views');
  const { user } = useMe();
  const draft = useDraft(`view:${object}`, blank);
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /views', {
    renews: [['views']],
    onDone: ({ body }) => {
      draft.saved();
      onSaved(body);
    },
  });
  const { name, audience } = draft.value;
  const forAll = user.role === 'administrator' || user.role === 'manager';
  function send() {
    setTried(true);
    if (name.trim()) save.mutate({ body: { object, ...kept, name: name.trim(), audience } });
  }
  return (
    <Sheet opened onClose={onClose} title={t('save.title')}>
      {draft.ready ? (
        <Form onSubmit={send} className="lk-stack">
          <TextField
            label={t('save.name')}
            required
            maxLength={60}
            autoComplete="off"
            value={name}
            onValue={text => draft.set({ name: text })}
            error={tried && !name.trim() ? t('save.missing') : undefined}
          />
          <SelectField
            label={t('save.audience')}
            description={t('save.words')}
            value={audience}
            onValue={value => draft.set({ audience: value as Input['audience'] })}
            data={[
              { value: 'own', label: t('audience.own') },
              { value: 'team', label: t('audience.team') },
              ...(forAll ? [{ value: 'all', label: t('audience.all') }] : []),
            ]}
          />
          <ProblemNote error={save.error} />
          <Button type="submit" loading={save.isPending}>
            {t('save.send')}
          </Button>
          <DraftNote draft={draft} />
        </Form>
      ) : (
        <LoadingRows rows={2} />
      )}
    </Sheet>
  );
}
