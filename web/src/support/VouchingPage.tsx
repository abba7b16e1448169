// Colleagues who cannot get in and ask to be vouched for: only by who has recognised them, and has just shown himself.
import { Button } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { ConfirmFirst } from '../factors/ConfirmFirst.tsx';
import { dateTime } from '../formats.ts';
import { SelectField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Empty, Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './console.module.css';

type Asking = Calls['GET /vouching']['reply']['items'][number];
const hows = ['in-person', 'video', 'known-number'] as const;

export default function VouchingPage() {
  const { t } = useWords('support');
  const found = useQuery({
    queryKey: ['vouching'],
    queryFn: ({ signal }) => api('GET /vouching', { signal }),
    refetchInterval: 30_000,
  });
  const items = found.data?.items ?? [];
  return (
    <Page title={t('vouch.title')} lead={t('vouch.lead')} width="reading">
      {found.isPending ? <LoadingRows rows={2} /> : null}
      {found.isError ? <Failed error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data && items.length === 0 ? (
        <Card>
          <Empty icon={<IconUserCheck />} title={t('vouch.none')} />
        </Card>
      ) : null}
      {items.map(one => (
        <Card key={one.id} title={one.person.name}>
          <div className={css.stack}>
            <p className={css.quiet}>{t('vouch.asked', { at: dateTime(one.askedAt), number: one.number })}</p>
            {one.done ? <Note tone="good">{t('vouch.done')}</Note> : <Vouch one={one} />}
          </div>
        </Card>
      ))}
    </Page>
  );
}

function Vouch({ one }: { one: Asking }) {
  const { t } = useWords('support');
  const [begun, setBegun] = useState(false);
  const [how, setHow] = useState('');
  const vouch = useWrite('POST /vouching/{id}', { renews: [['vouching']] });
  if (!begun)
    return (
      <>
        <Note tone="warn">{t('vouch.mind', { name: one.person.name })}</Note>
        <Button onClick={() => setBegun(true)}>{t('vouch.begin')}</Button>
      </>
    );
  return (
    <ConfirmFirst>
      <Form
        className={css.stack ?? ''}
        onSubmit={() => {
          if (how) vouch.mutate({ params: { id: one.id }, body: { how: t(`vouch.how.${how}`) } });
        }}
      >
        <ProblemNote error={vouch.error} />
        <p>{t(`vouch.counts.${one.as}`)}</p>
        <SelectField
          label={t('vouch.by')}
          value={how}
          onValue={setHow}
          data={[
            { value: '', label: t('vouch.choose') },
            ...hows.map(way => ({ value: way, label: t(`vouch.how.${way}`) })),
          ]}
        />
        <Button type="submit" loading={vouch.isPending} disabled={!how}>
          {t('vouch.act', { name: one.person.name })}
        </Button>
      </Form>
    </ConfirmFirst>
  );
}
