// What goes over, to whom, and why.
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Calls } from '../calls.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './handover.module.css';

type InHand = Calls['GET /people/{id}/handover']['reply'];
type HandOverFormProps = {
  person: { id: string; name: string };
  parts: InHand['parts'];
  targets: InHand['targets'];
  onDone: () => void;
};

const toggled = (list: string[], one: string) =>
  list.includes(one) ? list.filter(other => other !== one) : [...list, one];

export function HandOverForm({ person, parts, targets, onDone }: HandOverFormProps) {
  const { t } = useWords('handover');
  const draft = useDraft(`handover:${person.id}`, {
    to: [] as string[],
    objects: parts.map(part => part.object as string),
    reason: '',
  });
  const [tried, setTried] = useState(false);
  const give = useWrite('POST /people/{id}/handovers', {
    renews: [['handover', person.id], ['customers'], ['deals'], ['leads'], ['audit']],
    onDone: ({ body }) => {
      draft.saved();
      toast(t(body.state === 'moving' ? 'begun-moving' : 'begun', { count: body.total }));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { to, objects, reason } = draft.value;
  const chosen = parts.filter(part => objects.includes(part.object)).map(part => part.object);
  const colleagues = targets.filter(one => to.includes(one.id)).map(one => one.id);
  const missing = reason.trim().length < 3;
  function submit() {
    setTried(true);
    if (missing || chosen.length === 0 || colleagues.length === 0 || give.isPending) return;
    give.mutate({
      params: { id: person.id },
      body: { to: colleagues, objects: chosen, reason: reason.trim() },
    });
  }
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <Checkbox.Group
        label={t('what')}
        value={chosen}
        error={tried && chosen.length === 0 ? t('what-missing') : null}
      >
        <div className={css.checks}>
          {parts.map(part => (
            <Checkbox
              key={part.object}
              value={part.object}
              label={`${t(`part.${part.object}`)} · ${part.count}`}
              onChange={() => draft.set({ objects: toggled(objects, part.object) })}
            />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox.Group
        label={t('to')}
        description={t('to-hint')}
        value={colleagues}
        error={tried && colleagues.length === 0 ? t('to-missing') : null}
      >
        <div className={css.checks}>
          {targets.map(one => (
            <Checkbox
              key={one.id}
              value={one.id}
              label={one.team ? `${one.name} · ${one.team}` : one.name}
              onChange={() => draft.set({ to: toggled(to, one.id) })}
            />
          ))}
        </div>
      </Checkbox.Group>
      <TextAreaField
        label={t('reason')}
        description={t('reason-hint')}
        value={reason}
        onValue={value => draft.set({ reason: value })}
        maxLength={500}
        error={tried && missing ? t('reason-missing') : null}
      />
      <ProblemNote error={give.error} />
      <Button type="submit" loading={give.isPending} fullWidth>
        {t('go')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
