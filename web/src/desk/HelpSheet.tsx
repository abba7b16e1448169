// Helping one or many people: how they were identified, why, and then what came of it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { SelectField, TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './desk.module.css';
import { type Action, fitting, isGrave, isHanding, type Outcome, proofOf, proofs, touched } from './help.ts';
import { Outcomes } from './Outcomes.tsx';
import { SecretShown } from './SecretShown.tsx';

export type Helped = { id: string; name: string; email: string; role: string };
export type Wanted = { action: Action; people: Helped[]; factor?: { id: string; name: string } };

type HelpSheetProps = { wanted: Wanted | null; onClose: () => void };

export function HelpSheet({ wanted, onClose }: HelpSheetProps) {
  const { t } = useWords('desk');
  return (
    <Sheet
      opened={wanted !== null}
      onClose={onClose}
      title={wanted ? t(`action.${wanted.action}.title`) : ''}
    >
      {wanted ? <Inside key={wanted.action} wanted={wanted} onClose={onClose} /> : null}
    </Sheet>
  );
}

function Inside({ wanted, onClose }: { wanted: Wanted; onClose: () => void }) {
  const { t, language } = useWords('desk');
  const { action, people, factor } = wanted;
  const [first] = people;
  const [proof, setProof] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const templates = useQuery({ queryKey: ['desk', 'templates'], queryFn: () => api('GET /desk/templates') });
  const story = useQuery({
    queryKey: ['people', 'story', first?.id ?? ''],
    queryFn: ({ signal }) => api('GET /people/{id}/story', { params: { id: first?.id ?? '' }, signal }),
    enabled: first !== undefined && people.length === 1,
  });
  const tickets = fitting(story.data?.proofs ?? [], action);
  const many = useWrite('POST /desk/actions', { renews: touched });
  const password = useWrite('POST /people/{id}/initial-password', { renews: touched });
  const code = useWrite('POST /people/{id}/unlock-code', { renews: touched });
  const handed = (password.data ?? code.data)?.body;
  const done: Outcome[] | undefined = many.data?.body.items;
  if (!first) return null;
  if (handed?.kind === 'done') return <SecretShown secret={handed.secret} person={first} onDone={onClose} />;
  if (done || handed?.kind === 'waiting') {
    const waiting = { person: first.id, kind: 'waiting' as const, why: null, words: null, request: null };
    return <Outcomes items={done ?? [waiting]} people={people} action={action} onDone={onClose} />;
  }
  const short = reason.trim().length < 3;
  const error = many.error ?? password.error ?? code.error;
  const busy = many.isPending || password.isPending || code.isPending;
  const reasons = (templates.data?.items ?? []).filter(item => item.action === action);

  function submit() {
    setTried(true);
    if (!proof || short || busy || !first) return;
    const because = { reason: reason.trim(), ...proofOf(proof) };
    const params = { id: first.id };
    if (action === 'initial-password') return password.mutate({ params, body: because });
    if (action === 'unlock-code') return code.mutate({ params, body: because });
    const ids = people.map(person => person.id);
    many.mutate({ body: { action, people: ids, ...(factor ? { factor: factor.id } : {}), ...because } });
  }

  return (
    <Form onSubmit={submit} className={css.form}>
      <p>
        {factor
          ? t('help.factor', { name: first.name, factor: factor.name })
          : people.length === 1
            ? t(`action.${action}.about`, { name: first.name })
            : t('help.many', { count: people.length })}
      </p>
      {people.some(person => person.role === 'administrator') && action !== 'suspend' ? (
        <Note tone="warn">{t('help.second')}</Note>
      ) : null}
      {isHanding(action) ? <Note>{t(`action.${action}.mind`)}</Note> : null}
      <SelectField
        label={t('help.proof')}
        description={t('help.proof-hint')}
        required
        value={proof}
        onValue={setProof}
        error={tried && !proof ? t('help.proof-missing') : null}
        data={[
          { value: '', label: t('help.choose'), disabled: true },
          ...tickets.map(one => ({
            value: one.ticket,
            label: t(`ticket.${one.how}`, { number: one.number, who: one.vouchers.join(t('ticket.glue')) }),
          })),
          ...proofs.map(one => ({ value: one, label: t(`proof.${one}`) })),
        ]}
      />
      {tickets.some(one => one.ticket === proof) ? <Note>{t('ticket.once')}</Note> : null}
      {reasons.length > 0 ? (
        <SelectField
          label={t('help.template')}
          value=""
          onValue={setReason}
          data={[
            { value: '', label: t('help.template-choose') },
            ...reasons.map(item => ({ value: item.words[language], label: item.words[language] })),
          ]}
        />
      ) : null}
      <TextAreaField
        label={t('help.reason')}
        description={t('help.reason-hint')}
        required
        minRows={2}
        value={reason}
        onValue={setReason}
        error={tried && short ? t('help.reason-missing') : null}
      />
      <ProblemNote error={error} />
      <Button type="submit" loading={busy} fullWidth {...(isGrave(action) ? { color: 'red' } : {})}>
        {t(`action.${action}.act`)}
      </Button>
    </Form>
  );
}
