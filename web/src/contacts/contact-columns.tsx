// The columns of the contact list, those that one may choose in addition among them.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ago } from '../formats.ts';
import type { Column } from '../ui/RecordList.tsx';
import { useColumns } from '../views/columns.tsx';
import { useWords } from '../words.ts';
import css from './contacts.module.css';
import type { Contact } from './form.ts';
import { ContactReach } from './reach.tsx';

/** The customer of a contact, one tap away. */
export function CustomerOf({ contact: { customer } }: { contact: Contact }) {
  return customer ? (
    <Link to="/customers/$id" params={{ id: customer.id }} className={css.customer ?? ''}>
      {customer.name}
    </Link>
  ) : null;
}

export function useContactColumns(name: (contact: Contact) => ReactNode, cols: string | undefined) {
  const { t } = useWords('contacts');
  const columns: Column<Contact>[] = [
    { key: 'name', head: t('field.name'), track: 'minmax(0, 1.2fr)', cell: name },
    { key: 'title', head: t('field.title'), cell: contact => contact.title },
    {
      key: 'customer',
      head: t('customer'),
      track: 'minmax(0, 2fr)',
      cell: contact => <CustomerOf contact={contact} />,
    },
    { key: 'phone', head: t('field.phone'), track: 'minmax(0, 1.2fr)', cell: contact => contact.phone },
    {
      key: 'updated',
      head: t('updated'),
      cell: contact => <span className={css.quiet}>{ago(contact.updatedAt)}</span>,
    },
    {
      key: 'reach',
      head: t('reach'),
      track: '6.5rem',
      end: true,
      cell: contact => <ContactReach contact={contact} />,
    },
  ];
  const further: Column<Contact>[] = [
    {
      key: 'owner',
      head: t('field.ownerId'),
      cell: contact => contact.owner?.name ?? <span className={css.quiet}>{t('owner.none')}</span>,
    },
    { key: 'email', head: t('field.email'), track: 'minmax(0, 1.6fr)', cell: contact => contact.email },
    { key: 'wechat', head: t('field.wechat'), cell: contact => contact.wechat },
    {
      key: 'created',
      head: t('field.createdAt'),
      cell: contact => <span className={css.quiet}>{ago(contact.createdAt)}</span>,
    },
  ];
  return useColumns<Contact>('contact', columns, cols, further);
}
