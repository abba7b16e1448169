// Setting a target: whose, for which month or quarter, how much; an empty amount takes it away.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { amountText, currencies, minorIn } from '../deals/form.ts';
import { useMe } from '../session.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './analysis.module.css';
import { periodWords } from './period-words.ts';
import { periodsAt } from './search.ts';
import { usePeople } from './use-asked.ts';

type TargetSheetProps = { opened: boolean; onClose: () => void; period: string };

export function TargetSheet({ opened, onClose, period }: TargetSheetProps) {
  const { t } = useWords('analysis');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('target.set')}>
      <TargetForm key={period} period={period} onDone={onClose} />
    </Sheet>
  );
}

function TargetForm({ period, onDone }: { period: string; onDone: () => void }) {
  const { t } = useWords('analysis');
  const { user } = useMe();
  const { teams, people } = usePeople();
  const [now] = useState(() => Date.now());
  const [tried, setTried] = useState(false);
  const draft = useDraft(`target:${period}`, { whose: '', period, currency: 'CNY', amount: '' });
  const form = draft.value;
  const known = useQuery({
    queryKey: ['deals', 'targets', form.period],
    queryFn: ({ signal }) => api('GET /analysis/targets', { query: { period: form.period }, signal }),
  });
  const save = useWrite('PUT /analysis/targets', {
    renews: [['deals']],
    onDone: () => {
      draft.saved();
      toast(t('target.saved'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const [kind = '', id = ''] = form.whose.split(':');
  const set = known.data?.items.find(
    one =>
      one.period === form.period &&
      one.currency === form.currency &&
      one.subject === kind &&
      (one.id ?? '') === id,
  );
  const amount = minorIn(form.amount, form.currency);
  function submit() {
    setTried(true);
    if (amount === null || !form.whose) return;
    save.mutate({
      body: {
        ...(kind === 'person' ? { person: id } : kind === 'team' ? { team: id } : {}),
        period: form.period,
        currency: form.currency,
        amount: amount || null,
      },
    });
  }
  const periods = [...new Set([...periodsAt(now), period])];
  return (
    <Form onSubmit={submit} className={css.form}>
      <SelectField
        label={t('target.whose')}
        required
        value={form.whose}
        onValue={whose => draft.set({ whose })}
        error={tried && !form.whose ? t('target.needed') : undefined}
        data={[
          { value: '', label: t('target.choose') },
          ...(user.role === 'administrator' ? [{ value: 'everybody:', label: t('target.everybody') }] : []),
          ...teams.map(one => ({ value: `team:${one.id}`, label: t('target.team', { name: one.name }) })),
          ...people.map(one => ({ value: `person:${one.id}`, label: one.name })),
        ]}
      />
      <SelectField
        label={t('period.label')}
        value={form.period}
        onValue={value => draft.set({ period: value })}
        data={periods.map(value => ({ value, label: periodWords(value, t) }))}
      />
      <SelectField
        label={t('deal.currency')}
        value={form.currency}
        onValue={currency => draft.set({ currency })}
        data={currencies.map(value => ({ value, label: value }))}
      />
      <TextField
        label={t('target.amount')}
        description={
          set ? t('target.now', { amount: amountText(set.amount, set.currency) }) : t('target.none-yet')
        }
        inputMode="decimal"
        value={form.amount}
        onValue={text => draft.set({ amount: text })}
        error={tried && amount === null ? t('target.wrong') : undefined}
      />
      <p className={css.quiet}>{t('target.words')}</p>
      <ProblemNote error={save.error} />
      <DraftNote draft={draft} />
      <Button type="submit" loading={save.isPending}>
        {amount === 0 && set ? t('target.remove') : t('target.save')}
      </Button>
    </Form>
  );
}
