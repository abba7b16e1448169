// Puts back what a change to a record replaced, as a change of its own.
import { Button } from '@mantine/core';
import type { Calls } from '../calls.ts';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './history.module.css';

const calls = {
  customer: 'POST /customers/{id}/history/{entry}/restore',
  contact: 'POST /contacts/{id}/history/{entry}/restore',
  deal: 'POST /deals/{id}/history/{entry}/restore',
  lead: 'POST /leads/{id}/history/{entry}/restore',
  order: 'POST /orders/{id}/history/{entry}/restore',
  product: 'POST /products/{id}/history/{entry}/restore',
  task: 'POST /tasks/{id}/history/{entry}/restore',
} as const satisfies Record<string, keyof Calls>;

export type Versioned = keyof typeof calls;

/** Offered where somebody may write to the record; the server leaves what is not his to change and says so. */
export function PutBack({
  object,
  id,
  entry,
  onDone,
}: {
  object: Versioned;
  id: string;
  entry: string;
  onDone?: () => void;
}) {
  const { t } = useWords('history');
  const restore = useWrite(calls[object], {
    renews: [[`${object}s`]],
    onDone: ({ body }) => {
      toast(t(body.left.length > 0 ? 'put-back.partly' : 'put-back.done'));
      onDone?.();
    },
  });
  return (
    <div className={css.back}>
      <Button
        variant="subtle"
        size="compact-sm"
        loading={restore.isPending}
        onClick={() => restore.mutate({ params: { id, entry } })}
      >
        {t('put-back.open')}
      </Button>
      <ProblemNote error={restore.error} />
    </div>
  );
}
