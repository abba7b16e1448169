// Trusting a network: the range with what speaks against it, for whom, how long, and why.
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { number } from '../formats.ts';
import { usePeople } from '../people/use-people.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { focusOnDesk } from '../ui/focus.ts';
import { Form } from '../ui/ime.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './networks.module.css';
import { dayAhead, endOf, type Length, lengths, mostDays } from './until.ts';

type Here = Calls['GET /networks/trusted']['reply']['here'];
type TrustSheetProps = { here: Here; opened: boolean; onClose: () => void };

export function TrustSheet({ here, opened, onClose }: TrustSheetProps) {
  const { t } = useWords('networks');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('add.title')}>
      <TrustForm here={here} onDone={onClose} />
    </Sheet>
  );
}

function TrustForm({ here, onDone }: { here: Here; onDone: () => void }) {
  const { t } = useWords('networks');
  const { people } = usePeople();
  const draft = useDraft('network:new', {
    cidr: here.cidr,
    personId: '',
    length: '7' as Length,
    day: dayAhead(14, Date.now()),
    reason: '',
  });
  const [tried, setTried] = useState(false);
  const { cidr, personId, length, day, reason } = draft.value;
  const preview = usePreview(cidr.trim(), personId);
  const save = useWrite('POST /networks/trusted', {
    renews: [['networks'], ['audit']],
    onDone: ({ body }) => {
      draft.saved();
      onDone();
      toast(t('add.done', { cidr: body.cidr }));
    },
  });
  const short = reason.trim().length < 3;
  const endsAt = endOf(length, day, Date.now());
  const fault = cidr.trim() ? (preview?.fault ?? null) : tried ? t('add.cidr-missing') : null;
  function submit() {
    setTried(true);
    if (!cidr.trim() || fault || short || endsAt === null) return;
    save.mutate({ body: { cidr: cidr.trim(), personId: personId || null, reason: reason.trim(), endsAt } });
  }
  if (!draft.ready) return <LoadingRecord />;
  return (
    <Form onSubmit={submit} className={css.form}>
      <div className={css.range}>
        <TextField
          ref={focusOnDesk}
          label={t('add.cidr')}
          description={t('add.cidr-hint')}
          required
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={cidr}
          onValue={value => draft.set({ cidr: value })}
          error={fault}
        />
        <p className="lk-hint">
          {[t('add.here', { address: here.address }), here.origin].filter(Boolean).join(' · ')}
          {cidr.trim() === here.cidr ? null : (
            <PlainButton look="quiet" onClick={() => draft.set({ cidr: here.cidr })}>
              {t('add.take-here')}
            </PlainButton>
          )}
        </p>
        {preview?.cidr ? (
          <p className={css.preview} aria-live="polite">
            <strong className={css.cidr}>{preview.cidr}</strong>
            <span>{[preview.origin, sizeWords(preview.addresses, t)].filter(Boolean).join(' · ')}</span>
          </p>
        ) : null}
        {preview?.warnings.map(warning => (
          <Note key={warning.kind} tone="warn">
            {warning.words}
          </Note>
        ))}
      </div>
      <SelectField
        label={t('add.person')}
        description={t(personId ? 'add.person-one' : 'add.person-all')}
        value={personId}
        onValue={value => draft.set({ personId: value })}
        data={[
          { value: '', label: t('fact.everybody') },
          ...people
            .filter(person => person.state !== 'suspended')
            .map(person => ({ value: person.id, label: person.name })),
        ]}
      />
      <SelectField
        label={t('add.length')}
        value={length}
        onValue={value => draft.set({ length: lengths.find(one => one === value) ?? '7' })}
        data={lengths.map(one => ({
          value: one,
          label: one === 'day' ? t('add.until-day') : t('add.days', { count: Number(one) }),
        }))}
      />
      {length === 'day' ? (
        <TextField
          type="date"
          label={t('add.day')}
          required
          min={dayAhead(0, Date.now())}
          max={dayAhead(mostDays - 1, Date.now())}
          value={day}
          onValue={value => draft.set({ day: value })}
          error={tried && endsAt === null ? t('add.day-wrong') : null}
        />
      ) : null}
      <TextAreaField
        label={t('add.reason')}
        description={t('add.reason-hint')}
        required
        minRows={2}
        value={reason}
        onValue={value => draft.set({ reason: value })}
        error={tried && short ? t('reason-missing') : null}
      />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('add.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}

/** What the server makes of the range, a moment after the last key. */
function usePreview(cidr: string, personId: string) {
  const [asked] = useDebouncedValue(cidr, 300);
  const query = { cidr: asked, ...(personId ? { personId } : {}) };
  const preview = useQuery({
    queryKey: ['networks', 'preview', query],
    queryFn: ({ signal }) => api('GET /networks/trusted/preview', { query, signal }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  });
  return cidr === asked && cidr !== '' ? preview.data : undefined;
}

/** How many addresses: a number as far as it says anything. */
function sizeWords(addresses: string | null, t: ReturnType<typeof useWords>['t']): string | null {
  if (addresses === null) return null;
  const count = Number(addresses);
  return count <= 2 ** 24 ? t('add.size', { count, size: number(count) }) : t('add.size-huge');
}
