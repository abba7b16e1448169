// What one may do with a customer: edit it, put it into the bin with a way back.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMe } from '../session.ts';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Customer } from './form.ts';

export function CustomerMenu({ customer, onEdit }: { customer: Customer; onEdit: () => void }) {
  const { t } = useWords('customers');
  const { may } = useMe();
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
  if (customer.deletedAt !== null) return null;
  return (
    <>
      {may('delete:customer') ? (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t('menu.open')} loading={remove.isPending}>
              <IconDots size={20} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={18} aria-hidden />}
              onClick={() => remove.mutate({ params })}
            >
              {t('bin.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {may('update:customer') ? (
        <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={onEdit}>
          {t('edit.open')}
        </Button>
      ) : null}
    </>
  );
}
