// One's own sign-ins on strange devices: each can be said to have been somebody else's.
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import css from '../account/account.module.css';
import { api } from '../api.ts';
import { dateTime } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';

export function ArrivalsCard() {
  const { t } = useWords('arrivals');
  const [denied, setDenied] = useState<string | null>(null);
  const arrivals = useQuery({ queryKey: ['arrivals'], queryFn: () => api('GET /arrivals') });
  const say = useWrite('POST /arrivals/{id}', {
    renews: [['arrivals'], ['devices'], ['sessions'], ['status']],
    onDone: ({ body: done }) => {
      setDenied(null);
      if (done.flow) location.assign(`/recover/${encodeURIComponent(done.flow)}`);
      else toast(t(done.kind === 'kept' ? 'card.thanks' : 'title.ended'));
    },
  });
  return (
    <Card title={t('card.title')} flush>
      <Text c="dimmed" size="sm" px="md" pt="xs">
        {t('card.lead')}
      </Text>
      <ProblemNote error={denied ? null : say.error} />
      {arrivals.isError ? <Failed error={arrivals.error} onRetry={() => void arrivals.refetch()} /> : null}
      {arrivals.isPending ? <LoadingRows rows={2} /> : null}
      <ul className={css.rows}>
        {arrivals.data?.items.map(arrival => (
          <li key={arrival.id} className={css.row}>
            <div>
              <strong>{arrival.device}</strong>
              <span>
                {[
                  arrival.place,
                  arrival.place === arrival.address ? '' : arrival.address,
                  dateTime(arrival.at),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <Group gap="xs" mt={4}>
                {arrival.signals
                  .filter(signal => signal !== 'new-device')
                  .map(signal => (
                    <Badge key={signal} color="yellow" variant="light">
                      {t(`card.signal.${signal}`)}
                    </Badge>
                  ))}
              </Group>
            </div>
            {arrival.answer === 'not-me' ? (
              <Text size="sm">{t('card.not-me')}</Text>
            ) : (
              <Group gap="xs">
                {arrival.answer === 'me' ? <Text size="sm">{t('card.me')}</Text> : null}
                <Button variant="default" onClick={() => setDenied(arrival.id)}>
                  {t('not-me')}
                </Button>
              </Group>
            )}
          </li>
        ))}
        {arrivals.data?.items.length === 0 ? <li className={css.row}>{t('card.none')}</li> : null}
      </ul>
      <Sheet opened={denied !== null} onClose={() => setDenied(null)} title={t('card.sure')}>
        <Stack>
          <Text>{t('card.sure-lead')}</Text>
          <ProblemNote error={say.error} />
          <Button
            color="red"
            loading={say.isPending}
            onClick={() => denied && say.mutate({ params: { id: denied }, body: { answer: 'not-me' } })}
          >
            {t('not-me')}
          </Button>
          <Button variant="default" onClick={() => setDenied(null)}>
            {t('card.cancel')}
          </Button>
        </Stack>
      </Sheet>
    </Card>
  );
}
