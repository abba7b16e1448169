// What a move asks for before it happens: the reason of a loss, the amount of a win, fields the stage needs.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../problem.ts';
import { askNext } from '../tasks/next-step.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import { ContactField } from './Fields.tsx';
import {
  amountText,
  type Deal,
  minorIn,
  missingFor,
  type RequiredField,
  type Stage,
  versionOf,
} from './form.ts';
import { stageName } from './stage-name.ts';
import { useReasons } from './use-reasons.ts';

type Asking = { deal: Deal; stage: Stage } | null;

export function MoveSheet({ asking, onClose }: { asking: Asking; onClose: () => void }) {
  const { t } = useWords('deals');
  const kind = asking?.stage.kind ?? 'open';
  return (
    <Sheet opened={asking !== null} onClose={onClose} title={t(`move.title-${kind}`)}>
      {asking ? <MoveForm key={asking.deal.id + asking.stage.id} {...asking} onDone={onClose} /> : null}
    </Sheet>
  );
}

function MoveForm({ deal, stage, onDone }: { deal: Deal; stage: Stage; onDone: () => void }) {
  const { t } = useWords('deals');
  const [tried, setTried] = useState(false);
  const wins = useReasons('won', stage.kind === 'won');
  const losses = useReasons('lost', stage.kind === 'lost');
  const draft = useDraft(`deal-move:${deal.id}:${stage.id}`, {
    reason: '',
    remark: '',
    won: '',
    amount: amountText(deal.amount ?? 0, deal.currency),
    expectedOn: deal.expectedOn ?? '',
    contactId: deal.contact?.id ?? '',
    source: deal.source ?? '',
    nextStep: deal.nextStep ?? '',
  });
  const move = useWrite('POST /deals/{id}/move', {
    renews: [['deals']],
    onDone: ({ body }) => {
      draft.saved();
      toast(t('move.done', { title: body.title, stage: stageName(body.stage.name) }));
      if (body.stage.kind === 'open') askNext({ type: 'deal', id: body.id, name: body.title });
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { value, set } = draft;
  const asked: RequiredField[] = [
    ...missingFor(stage, deal),
    ...(stage.kind === 'won' && !missingFor(stage, deal).includes('amount') ? (['amount'] as const) : []),
  ];
  const amount = minorIn(value.amount, deal.currency);
  const needs = (field: RequiredField) => stage.requiredFields.includes(field);
  const gaps = new Set<string>([
    ...(stage.kind === 'lost' && !value.reason ? ['reason'] : []),
    ...asked.filter(field =>
      field === 'amount' ? amount === null || (needs('amount') && amount === 0) : !value[field].trim(),
    ),
  ]);
  const fault = (field: string) => (tried && gaps.has(field) ? t('fault.missing') : undefined);
  function submit() {
    setTried(true);
    if (gaps.size > 0) return;
    const filled = {
      ...(asked.includes('amount') ? { amount: amount ?? 0 } : {}),
      ...(asked.includes('expectedOn') ? { expectedOn: value.expectedOn } : {}),
      ...(asked.includes('contactId') ? { contactId: value.contactId } : {}),
      ...(asked.includes('source') ? { source: value.source } : {}),
      ...(asked.includes('nextStep') ? { nextStep: value.nextStep } : {}),
    };
    move.mutate({
      params: { id: deal.id },
      body: {
        stageId: stage.id,
        ifMatch: versionOf(deal),
        ...(stage.kind === 'lost' ? { lostReason: value.reason, lostRemark: value.remark || null } : {}),
        ...(stage.kind === 'won' && value.won ? { wonReason: value.won } : {}),
        ...(Object.keys(filled).length > 0 ? { set: filled } : {}),
      },
    });
  }
  const stale = move.error instanceof Problem && move.error.status === 412;
  return (
    <Form onSubmit={submit} className={css.form}>
      <p>{t(`move.words-${stage.kind}`, { title: deal.title, stage: stageName(stage.name) })}</p>
      {stage.kind === 'lost' ? (
        <>
          <SelectField
            label={t('field.lostReason')}
            required
            value={value.reason}
            onValue={reason => set({ reason })}
            error={fault('reason')}
            data={[
              { value: '', label: t('choose') },
              ...losses.offered.map(({ key }) => ({ value: key, label: losses.nameOf(key) })),
            ]}
          />
          <TextAreaField
            label={t('field.lostRemark')}
            value={value.remark}
            onValue={remark => set({ remark })}
          />
        </>
      ) : null}
      {stage.kind === 'won' && wins.offered.length > 0 ? (
        <SelectField
          label={t('field.wonReason')}
          value={value.won}
          onValue={won => set({ won })}
          data={[
            { value: '', label: t('reasons.none') },
            ...wins.offered.map(({ key }) => ({ value: key, label: wins.nameOf(key) })),
          ]}
        />
      ) : null}
      {asked.includes('amount') ? (
        <TextField
          label={t('amount.in', { currency: deal.currency })}
          inputMode="decimal"
          value={value.amount}
          onValue={text => set({ amount: text })}
          error={tried && amount === null ? t('fault.wrong') : fault('amount')}
        />
      ) : null}
      {asked.includes('expectedOn') ? (
        <TextField
          type="date"
          label={t('field.expectedOn')}
          value={value.expectedOn}
          onValue={expectedOn => set({ expectedOn })}
          error={fault('expectedOn')}
        />
      ) : null}
      {asked.includes('contactId') ? (
        <ContactField
          customerId={deal.customer.id}
          value={value.contactId}
          onValue={contactId => set({ contactId })}
          error={fault('contactId')}
        />
      ) : null}
      {(['source', 'nextStep'] as const).map(field =>
        asked.includes(field) ? (
          <TextField
            key={field}
            label={t(`field.${field}`)}
            value={value[field]}
            onValue={text => set({ [field]: text })}
            error={fault(field)}
          />
        ) : null,
      )}
      <ProblemNote error={move.error} />
      {stale ? (
        <Button variant="default" onClick={onDone} fullWidth>
          {t('move.look-again')}
        </Button>
      ) : (
        <Button type="submit" loading={move.isPending} fullWidth>
          {t(`move.save-${stage.kind}`)}
        </Button>
      )}
      <DraftNote draft={draft} />
    </Form>
  );
}
