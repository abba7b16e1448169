// One customer of the pool: what may be seen of it, whose it was, and taking it or giving it to somebody.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import css from '../customers/customers.module.css';
import { useOwners } from '../customers/use-owners.ts';
import { dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { Holders } from './Holders.tsx';

const uuid = /^[\da-f]{8}-/;
const renews = [['pool'], ['customers']];

export function EntrySheet({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useWords('pool');
  const opened = id !== null && uuid.test(id);
  const query = useQuery({
    queryKey: ['pool', 'one', id],
    queryFn: ({ signal }) => api('GET /pool/{id}', { params: { id: id ?? '' }, signal }),
    enabled: opened,
    retry: false,
  });
  return (
    <Sheet opened={opened} onClose={onClose} title={query.data?.name ?? t('one')}>
      {query.isPending ? <LoadingRecord /> : null}
      {query.isError ? <Failed error={query.error} /> : null}
      {query.data ? <Entry entry={query.data} onDone={onClose} /> : null}
    </Sheet>
  );
}

function Entry({ entry, onDone }: { entry: Calls['GET /pool/{id}']['reply']; onDone: () => void }) {
  const { t } = useWords('pool');
  const { may } = useMe();
  const navigate = useNavigate();
  const params = { id: entry.id };
  const claim = useWrite('POST /pool/{id}/claim', {
    renews,
    onDone: async () => {
      toast(t('claim.done', { name: entry.name }));
      await navigate({ to: '/customers/$id', params, replace: true });
    },
  });
  const facts = [
    ['city', entry.city],
    ['industry', entry.industry],
    ['source', entry.source],
    ['level', entry.level],
    ['stage', t(`stage.${entry.stage}`)],
    ['team', entry.team?.name],
    ['reason', t(`reason.${entry.reason}`)],
    ['remark', entry.remark],
    ['since', dateTime(entry.since)],
  ] as const;
  return (
    <div className={css.form}>
      <dl className={css.facts}>
        {facts.map(([field, value]) =>
          value ? (
            <div key={field}>
              <dt>{t(`field.${field}`)}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {may('update:customer') ? (
        <>
          <p className={css.quiet}>{t('claim.words')}</p>
          <ProblemNote error={claim.error} />
          <Button loading={claim.isPending} onClick={() => claim.mutate({ params })} fullWidth>
            {t('claim.act')}
          </Button>
          <Assign entry={entry} onDone={onDone} />
        </>
      ) : null}
      <Holders holders={entry.holders} />
    </div>
  );
}

function Assign({ entry, onDone }: { entry: { id: string; name: string }; onDone: () => void }) {
  const { t } = useWords('pool');
  const { user } = useMe();
  const { owners, nameOf } = useOwners();
  const [chosen, setChosen] = useState('');
  const others = owners.filter(owner => owner.id !== user.id);
  const assign = useWrite('POST /pool/{id}/assign', {
    renews,
    onDone: () => {
      toast(t('assign.done', { name: entry.name, owner: nameOf(chosen) ?? '' }));
      onDone();
    },
  });
  if (others.length === 0) return null;
  return (
    <Form
      className={css.form}
      onSubmit={() => {
        if (chosen) assign.mutate({ params: { id: entry.id }, body: { ownerId: chosen } });
      }}
    >
      <SelectField
        label={t('assign.to')}
        value={chosen}
        onValue={setChosen}
        data={[
          { value: '', label: t('choose') },
          ...others.map(owner => ({ value: owner.id, label: owner.name })),
        ]}
      />
      <ProblemNote error={assign.error} />
      <Button type="submit" variant="default" loading={assign.isPending} disabled={!chosen} fullWidth>
        {t('assign.act')}
      </Button>
    </Form>
  );
}
