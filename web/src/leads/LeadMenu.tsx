// What one may do with a lead: convert it, edit it, put it into the bin with a way back.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash, IconUserCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMe } from '../session.ts';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Lead } from './form.ts';

type LeadMenuProps = {
  lead: Lead;
  onEdit: () => void;
  onConvert: () => void;
  /** On a phone editing is among the rarer things. */
  narrow: boolean;
};

export function LeadMenu({ lead, onEdit, onConvert, narrow }: LeadMenuProps) {
  const { t } = useWords('leads');
  const { may } = useMe();
  const navigate = useNavigate();
  const params = { id: lead.id };
  const restore = useWrite('POST /leads/{id}/restore', {
    renews: [['leads'], ['activities']],
    onDone: () => toast(t('bin.restored', { name: lead.name })),
  });
  const remove = useWrite('DELETE /leads/{id}', {
    renews: [['leads', 'list'], ['leads', 'bin'], ['activities']],
    onDone: async () => {
      toast(t('bin.deleted', { name: lead.name }), {
        label: t('bin.undo'),
        act: () => restore.mutate({ params }),
      });
      await navigate({ to: '/leads' });
    },
  });
  if (lead.deletedAt !== null) return null;
  const open = lead.converted === null && may('update:lead');
  return (
    <>
      {may('delete:lead') || (open && narrow) ? (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t('menu.open')} loading={remove.isPending}>
              <IconDots size={20} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {open && narrow ? (
              <Menu.Item leftSection={<IconPencil size={18} aria-hidden />} onClick={onEdit}>
                {t('edit.open')}
              </Menu.Item>
            ) : null}
            {may('delete:lead') ? (
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
      {open ? (
        <>
          {narrow ? null : (
            <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={onEdit}>
              {t('edit.open')}
            </Button>
          )}
          <Button
            leftSection={<IconUserCheck size={18} aria-hidden />}
            aria-haspopup="dialog"
            onClick={onConvert}
          >
            {t('convert.open')}
          </Button>
        </>
      ) : null}
    </>
  );
}
