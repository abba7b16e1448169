// With whom a record is shared, and sharing it: with a colleague or a team, to see or to change, until a day.
import { Button } from '@mantine/core';
import { IconShare } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { date } from '../formats.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './sharing.module.css';

type Subject = { type: Calls['GET /shares']['query']['type']; id: string };
type Target = Calls['GET /shares/targets']['reply']['items'][number];

/** So many are offered; where there are more, one types what they are called. */
const offered = 20;

export function SharesCard({ subject }: { subject: Subject }) {
  const { t } = useWords('sharing');
  const [sharing, setSharing] = useState(false);
  const query = useQuery({
    queryKey: ['shares', subject.type, subject.id],
    queryFn: ({ signal }) => api('GET /shares', { query: subject, signal }),
  });
  const end = useWrite('DELETE /shares/{id}', {
    renews: [['shares', subject.type, subject.id]],
    onDone: () => toast(t('ended')),
  });
  const { data } = query;
  // Whoever may not share it and with whom it is not shared need not be told of sharing.
  if (!data || (data.items.length === 0 && !data.mine)) return null;
  const mayShare = data.mine;
  return (
    <Card
      title={t('title')}
      aside={
        mayShare ? (
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<IconShare size={16} aria-hidden />}
            onClick={() => setSharing(true)}
          >
            {t('open')}
          </Button>
        ) : null
      }
    >
      {data.items.length === 0 ? <p className="lk-hint">{t('none')}</p> : null}
      <ul className={css.list}>
        {data.items.map(share => (
          <li key={share.id}>
            <div>
              <strong>{(share.person ?? share.team)?.name}</strong>
              <p className="lk-hint">
                {t('line', {
                  mode: t(share.mayUpdate ? 'update' : 'read'),
                  until: share.until ? t('to', { when: date(share.until) }) : t('for-good'),
                })}
                {share.reason ? ` · ${share.reason}` : ''}
              </p>
            </div>
            {mayShare ? (
              <Button
                variant="default"
                size="compact-md"
                loading={end.isPending && end.variables?.params.id === share.id}
                onClick={() => end.mutate({ params: { id: share.id } })}
              >
                {t('end')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ProblemNote error={end.error} />
      <Sheet opened={sharing} onClose={() => setSharing(false)} title={t('sheet')}>
        {sharing ? <ShareForm subject={subject} onDone={() => setSharing(false)} /> : null}
      </Sheet>
    </Card>
  );
}

type ShareFormProps = { subject: Subject; onDone: () => void };

/** Whom one may share it with, by what is typed of a name; the one chosen stays among them. */
function useTargets(subject: Subject, q: string, chosen: Target | null) {
  const query = useQuery({
    queryKey: ['shares', subject.type, subject.id, 'targets', q],
    queryFn: ({ signal }) => api('GET /shares/targets', { query: { ...subject, q, limit: offered }, signal }),
    placeholderData: before => before,
  });
  const found = query.data?.items ?? [];
  const isThere = !chosen || found.some(one => one.id === chosen.id);
  return { targets: isThere ? found : [chosen, ...found], error: query.error };
}

function ShareForm({ subject, onDone }: ShareFormProps) {
  const { t } = useWords('sharing');
  const draft = useDraft(`share:${subject.type}:${subject.id}`, {
    to: null as Target | null,
    mode: 'read',
    until: '',
    reason: '',
  });
  const [tried, setTried] = useState(false);
  const [typed, setTyped] = useState('');
  const { targets, error } = useTargets(subject, typed.trim(), draft.value.to);
  const save = useWrite('POST /shares', {
    renews: [['shares', subject.type, subject.id]],
    onDone: () => {
      draft.saved();
      toast(t('saved'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { to: target, mode, until, reason } = draft.value;
  function submit() {
    setTried(true);
    if (!target || save.isPending) return;
    save.mutate({
      body: {
        ...subject,
        ...(target.kind === 'team' ? { teamId: target.id } : { personId: target.id }),
        mayUpdate: mode === 'update',
        until: until ? new Date(`${until}T23:59:59`).toISOString() : null,
        reason: reason.trim() || null,
      },
    });
  }
  const of = (kind: 'team' | 'person') =>
    targets.filter(one => one.kind === kind).map(one => ({ value: one.id, label: one.name }));
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      {subject.type === 'customer' ? <p className="lk-hint">{t('customer-words')}</p> : null}
      {typed !== '' || targets.length >= offered ? (
        <TextField label={t('find')} autoComplete="off" maxLength={60} value={typed} onValue={setTyped} />
      ) : null}
      <SelectField
        label={t('with')}
        required
        value={target?.id ?? ''}
        onValue={value => draft.set({ to: targets.find(one => one.id === value) ?? null })}
        data={[
          { value: '', label: t('pick') },
          { group: t('people'), items: of('person') },
          { group: t('teams'), items: of('team') },
        ]}
        error={tried && !target ? t('missing') : null}
      />
      <SelectField
        label={t('mode')}
        value={mode}
        onValue={value => draft.set({ mode: value })}
        data={(['read', 'update'] as const).map(value => ({ value, label: t(value) }))}
      />
      <TextField
        type="date"
        label={t('until')}
        description={t('until-hint')}
        value={until}
        onValue={value => draft.set({ until: value })}
      />
      <TextField
        label={t('reason')}
        autoComplete="off"
        maxLength={500}
        value={reason}
        onValue={value => draft.set({ reason: value })}
      />
      <ProblemNote error={save.error ?? error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
