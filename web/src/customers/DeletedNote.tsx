// Said on the page of a customer that lies in the bin.
import { dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { Note, PlainButton } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Customer } from './form.ts';

export function DeletedNote({ customer }: { customer: Customer }) {
  const { t } = useWords('customers');
  const { may } = useMe();
  const restore = useWrite('POST /customers/{id}/restore', {
    renews: [['customers'], ['activities'], ['contacts']],
    onDone: () => toast(t('bin.restored', { name: customer.name })),
  });
  return (
    <>
      <Note tone="warn">
        <p>{t('bin.note', { when: customer.deletedAt ? dateTime(customer.deletedAt) : '' })}</p>
        {may('delete:customer') ? (
          <PlainButton
            look="plain"
            busy={restore.isPending}
            onClick={() => restore.mutate({ params: { id: customer.id } })}
          >
            {t('bin.restore')}
          </PlainButton>
        ) : null}
      </Note>
      <ProblemNote error={restore.error} />
    </>
  );
}
