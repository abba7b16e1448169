// Takes one record out of the bin, whatever kind it is of.
import { Button } from '@mantine/core';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Item } from './BinPage.tsx';

const calls = {
  customer: 'POST /customers/{id}/restore',
  contact: 'POST /contacts/{id}/restore',
  lead: 'POST /leads/{id}/restore',
  deal: 'POST /deals/{id}/restore',
  order: 'POST /orders/{id}/restore',
  product: 'POST /products/{id}/restore',
  activity: 'POST /activities/{id}/restore',
  task: 'POST /tasks/{id}/restore',
  file: 'POST /files/{id}/restore',
} as const;

const renews = [
  ['bin'],
  ['customers'],
  ['contacts'],
  ['leads'],
  ['deals'],
  ['orders'],
  ['products'],
  ['activities'],
  ['tasks'],
  ['files'],
];

export function RestoreButton({ item }: { item: Item }) {
  const { t } = useWords('bin');
  const restore = useWrite(calls[item.object], {
    renews,
    onDone: () => toast(t('restored', { name: item.name })),
  });
  if (!item.restorable) return null;
  return (
    <span>
      <Button
        variant="default"
        aria-label={t('restore-name', { name: item.name })}
        loading={restore.isPending}
        onClick={() => restore.mutate({ params: { id: item.id } })}
      >
        {t('restore')}
      </Button>
      <ProblemNote error={restore.error} />
    </span>
  );
}
