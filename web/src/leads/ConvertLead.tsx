// Turning a lead into a customer: a new one or one that is there, the person as its contact, a deal where there is one.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import css from '../customers/customers.module.css';
import { minorIn } from '../deals/form.ts';
import { useMe } from '../session.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Lead } from './form.ts';
import own from './leads.module.css';

type Done = { customer: { id: string; name: string } };
type ConvertLeadProps = { lead: Lead; opened: boolean; onClose: () => void; onDone: (done: Done) => void };
type Matches = Calls['GET /leads/{id}/matches']['reply'];

export function ConvertLead({ lead, opened, onClose, onDone }: ConvertLeadProps) {
  const { t } = useWords('leads');
  const query = useQuery({
    queryKey: ['leads', lead.id, 'matches', lead.version],
    queryFn: ({ signal }) => api('GET /leads/{id}/matches', { params: { id: lead.id }, signal }),
    enabled: opened,
    staleTime: 60_000,
    retry: false,
  });
  return (
    <Sheet opened={opened} onClose={onClose} title={t('convert.title')} wide>
      {query.isPending ? <LoadingRecord /> : <ConvertForm lead={lead} matches={query.data} onDone={onDone} />}
    </Sheet>
  );
}

const currency = 'CNY';

function ConvertForm(props: { lead: Lead; matches: Matches | undefined; onDone: (done: Done) => void }) {
  const { lead, matches, onDone } = props;
  const { t } = useWords('leads');
  const { may } = useMe();
  const found = matches?.items ?? [];
  const [tried, setTried] = useState(false);
  const draft = useDraft(`lead-convert:${lead.id}`, {
    into: found[0]?.id ?? '',
    name: lead.company ?? lead.name,
    contact: lead.company !== null || found.length > 0 ? 'yes' : '',
    deal: '',
    title: '',
    amount: '',
    expectedOn: '',
  });
  const convert = useWrite('POST /leads/{id}/convert', {
    renews: [['leads'], ['customers'], ['contacts'], ['deals'], ['activities']],
    onDone: ({ body }) => {
      draft.saved();
      if (body.converted?.customer) onDone({ customer: body.converted.customer });
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { value, set } = draft;
  const amount = minorIn(value.amount, currency);
  const joined = found.find(match => match.id === value.into);
  const gaps = {
    name: !joined && !value.name.trim(),
    title: Boolean(value.deal) && !value.title.trim(),
    amount: Boolean(value.deal) && amount === null,
  };
  function submit() {
    setTried(true);
    if (Object.values(gaps).some(Boolean)) return;
    convert.mutate({
      params: { id: lead.id },
      body: {
        customer: joined ? { id: joined.id } : { name: value.name.trim() },
        contact: value.contact !== '',
        ...(value.deal
          ? {
              deal: {
                title: value.title.trim(),
                ...(amount ? { amount, currency } : {}),
                ...(value.expectedOn ? { expectedOn: value.expectedOn } : {}),
              },
            }
          : {}),
      },
    });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      {matches?.taken ? (
        <Note tone="warn">
          {matches.owner
            ? t('convert.taken-owned', { owner: matches.owner.name })
            : t('convert.taken-unowned')}
        </Note>
      ) : null}
      {found.length > 0 ? (
        <fieldset className={own.choices}>
          <legend>{t('convert.into')}</legend>
          {found.map(match => (
            <label key={match.id} className={own.choice}>
              <input
                type="radio"
                name="into"
                checked={value.into === match.id}
                onChange={() => set({ into: match.id })}
              />
              <span>
                <strong>{match.name}</strong>
                <span className={css.quiet}>
                  {[t(`convert.by-${match.by}`), match.owner?.name].filter(Boolean).join(' · ')}
                </span>
              </span>
            </label>
          ))}
          <label className={own.choice}>
            <input type="radio" name="into" checked={!joined} onChange={() => set({ into: '' })} />
            <strong>{t('convert.new')}</strong>
          </label>
        </fieldset>
      ) : null}
      {joined ? null : (
        <TextField
          label={t('convert.name')}
          required
          autoComplete="off"
          value={value.name}
          onValue={name => set({ name })}
          error={tried && gaps.name ? t('fault.missing') : undefined}
        />
      )}
      <label className={own.check}>
        <input
          type="checkbox"
          checked={value.contact !== ''}
          onChange={event => set({ contact: event.currentTarget.checked ? 'yes' : '' })}
        />
        {t('convert.contact', { name: lead.name })}
      </label>
      {may('create:deal') ? (
        <label className={own.check}>
          <input
            type="checkbox"
            checked={value.deal !== ''}
            onChange={event => set({ deal: event.currentTarget.checked ? 'yes' : '' })}
          />
          {t('convert.deal')}
        </label>
      ) : null}
      {value.deal ? (
        <div className={own.inset}>
          <TextField
            label={t('convert.deal-title')}
            required
            autoComplete="off"
            value={value.title}
            onValue={title => set({ title })}
            error={tried && gaps.title ? t('fault.missing') : undefined}
          />
          <div className={css.pair}>
            <TextField
              label={t('convert.deal-amount', { currency })}
              inputMode="decimal"
              value={value.amount}
              onValue={text => set({ amount: text })}
              error={tried && gaps.amount ? t('fault.wrong') : undefined}
            />
            <TextField
              type="date"
              label={t('convert.deal-expected')}
              value={value.expectedOn}
              onValue={expectedOn => set({ expectedOn })}
            />
          </div>
        </div>
      ) : null}
      <p className={css.quiet}>{t('convert.words')}</p>
      <ProblemNote error={convert.error} />
      <Button type="submit" loading={convert.isPending} fullWidth>
        {t('convert.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
