// The way of a quote or an order: the step that usually comes next as a button, the others in a menu.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMe } from '../session.ts';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { type Order, type Status, steps, versionOf } from './form.ts';

/** Where it may go, for whoever may move it. */
export function usePlaces(order: Order) {
  const { t } = useWords('orders');
  const { may } = useMe();
  const navigate = useNavigate();
  const move = useWrite('POST /orders/{id}/status', {
    renews: [['orders']],
    onDone: ({ body }) => toast(t('moved', { number: body.number, status: t(`status.${body.status}`) })),
  });
  const make = useWrite('POST /orders/{id}/order', {
    renews: [['orders'], ['deals']],
    onDone: async ({ body }) => {
      toast(t('make.done', { number: body.number }));
      await navigate({ to: '/orders/$id', params: { id: body.id } });
    },
  });
  const params = { id: order.id };
  const go = (status: Status) => move.mutate({ params, body: { status }, ifMatch: versionOf(order) });
  const writable = may('update:order');
  const way = steps[order.kind][order.status];
  const next = way?.next;
  const nextPlace =
    next === 'order'
      ? may('create:order') && !order.order
        ? { words: t('make.order'), act: () => make.mutate({ params }) }
        : null
      : next && writable
        ? { words: t(`step.${next}`), act: () => go(next) }
        : null;
  const others = writable && !(order.kind === 'quote' && order.order) ? (way?.others ?? []) : [];
  return {
    next: nextPlace,
    others: others.map(status => ({ status, words: t(`step.${status}`), act: () => go(status) })),
    busy: move.isPending || make.isPending,
    error: move.error ?? make.error,
  };
}

export function OtherSteps({ order, places }: { order: Order; places: ReturnType<typeof usePlaces> }) {
  const { t } = useWords('orders');
  const { may } = useMe();
  const navigate = useNavigate();
  const params = { id: order.id };
  const restore = useWrite('POST /orders/{id}/restore', {
    renews: [['orders']],
    onDone: () => toast(t('bin.restored', { number: order.number })),
  });
  const remove = useWrite('DELETE /orders/{id}', {
    renews: [
      ['orders', 'list'],
      ['orders', 'of'],
      ['orders', 'due'],
    ],
    onDone: async () => {
      toast(t('bin.deleted', { number: order.number }), {
        label: t('bin.undo'),
        act: () => restore.mutate({ params }),
      });
      await navigate({ to: '/orders' });
    },
  });
  const removable = may('delete:order');
  if (places.others.length === 0 && !removable) return null;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t('menu')} loading={remove.isPending}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {places.others.map(({ status, words, act }) => (
          <Menu.Item key={status} onClick={act}>
            {words}
          </Menu.Item>
        ))}
        {removable ? (
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
  );
}
