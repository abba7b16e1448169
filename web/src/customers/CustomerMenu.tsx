// What one may do with a customer: edit it, put it into the bin with a way back.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconBeach, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ReleaseSheet } from '../pool/ReleaseSheet.tsx';
import { useMe } from '../session.ts';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Customer } from './form.ts';

export function CustomerMenu({ customer, onEdit }: { customer: Customer; onEdit: () => void }) {
  const { t } = useWords('customers');
  const pool = useWords('pool');
  const { may } = useMe();
  const sheet = useSheet();
  const navigate = useNavigate();
  const params = { id: customer.id };
  const restore = useWrite('POST /customers/{id}/restore', {
    renews: [['customers'], ['activities'], ['contacts']],
    onDone: () => toast(t('bin.restored', { name: customer.name })),
  });
  const remove = useWrite('DELETE /customers/{id}', {
    renews: [['customers', 'list'], ['customers', 'bin'], ['activities'], ['contacts']],
    onDone: async () => {
      toast(t('bin.deleted', { name: customer.name }), {
        label: t('bin.undo'),
        act: () => restore.mutate({ params }),
      });
      await navigate({ to: '/customers' });
    },
  });
  const mine = useQuery({
    queryKey: ['pool', 'mine'],
    queryFn: ({ signal }) => api('GET /pool/mine', { signal }),
    staleTime: 5 * 60_000,
  });
  if (customer.deletedAt !== null) return null;
  const releasable = mine.data?.active === true && customer.owner !== null && may('update:customer');
  return (
    <>
      {may('delete:customer') || releasable ? (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t('menu.open')} loading={remove.isPending}>
              <IconDots size={20} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {releasable ? (
              <Menu.Item
                leftSection={<IconBeach size={18} aria-hidden />}
                onClick={() => sheet.open('release')}
              >
                {pool.t('release.open')}
              </Menu.Item>
            ) : null}
            {may('delete:customer') ? (
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={18} aria-hidden />}
                onClick={() => remove.mutate({ params })}
              >
                {t('bin.delete')}
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {may('update:customer') ? (
        <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={onEdit}>
          {t('edit.open')}
        </Button>
      ) : null}
      <ReleaseSheet customer={customer} opened={releasable && sheet.is('release')} onClose={sheet.close} />
    </>
  );
}
