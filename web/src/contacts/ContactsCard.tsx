// The people at one customer, each with a call and a letter one thumb away.
import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { ContactSheet } from './ContactSheet.tsx';
import css from './contacts.module.css';
import type { Contact } from './form.ts';
import { ContactReach } from './reach.tsx';

export function ContactsCard({ customerId, editable }: { customerId: string; editable: boolean }) {
  const { t } = useWords('contacts');
  const { may } = useMe();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<Contact | null>(null);
  const query = useQuery({
    queryKey: ['contacts', 'of', customerId],
    queryFn: ({ signal }) => api('GET /contacts', { query: { customer: customerId, limit: 200 }, signal }),
  });
  const items = [...(query.data?.items ?? [])].sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
  function show(contact: Contact | null) {
    setChosen(contact);
    setOpen(true);
  }
  return (
    <Card
      title={t('title')}
      flush
      aside={
        editable && may('create:contact') ? (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => show(null)}
          >
            {t('add')}
          </Button>
        ) : null
      }
    >
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? <p className={css.none}>{t('none')}</p> : null}
      <ul className={css.list}>
        {items.map(contact => (
          <li key={contact.id} className={css.item}>
            <div className={css.who}>
              <strong>
                {contact.name}
                {contact.isPrimary ? <span className={css.primary}>{t('primary')}</span> : null}
              </strong>
              <span className={css.quiet}>
                {[contact.title, contact.phone, contact.wechat && t('wechat', { id: contact.wechat })]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {contact.remark ? <span className={css.quiet}>{contact.remark}</span> : null}
            </div>
            <ContactReach contact={contact} />
            {editable && may('update:contact') ? (
              <ActionIcon aria-label={t('edit-name', { name: contact.name })} onClick={() => show(contact)}>
                <IconPencil size={19} stroke={1.75} aria-hidden />
              </ActionIcon>
            ) : null}
          </li>
        ))}
      </ul>
      <ContactSheet contact={chosen} customerId={customerId} opened={open} onClose={() => setOpen(false)} />
    </Card>
  );
}
