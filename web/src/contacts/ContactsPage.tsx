// All contacts within one's reach: searched, called, opened at their customer.
import { Button } from '@mantine/core';
import { IconAddressBook, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { ExportButton } from '../exports/ExportButton.tsx';
import { ago } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Empty } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWords } from '../words.ts';
import { ContactSheet } from './ContactSheet.tsx';
import css from './contacts.module.css';
import type { Contact } from './form.ts';
import { ContactReach } from './reach.tsx';

const route = getRouteApi('/contacts');

export default function ContactsPage() {
  const { t } = useWords('contacts');
  const { may } = useMe();
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const [chosen, setChosen] = useState<Contact | null>(null);
  const sheet = useSheet();
  const add = () => sheet.open('new');
  useShortcuts(may('create:contact') ? { n: add } : {});
  const query = useInfiniteQuery({
    queryKey: ['contacts', 'list', q],
    queryFn: ({ pageParam, signal }) =>
      api('GET /contacts', {
        query: { limit: 50, ...(q ? { q } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const name = (contact: Contact) =>
    may('update:contact') ? (
      <button type="button" className={css.name} aria-haspopup="dialog" onClick={() => setChosen(contact)}>
        {contact.name}
      </button>
    ) : (
      <strong>{contact.name}</strong>
    );
  const customer = (contact: Contact) =>
    contact.customer ? (
      <Link to="/customers/$id" params={{ id: contact.customer.id }} className={css.customer ?? ''}>
        {contact.customer.name}
      </Link>
    ) : null;
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {may('export:contact') ? <ExportButton object="contact" filters={q ? { q } : {}} /> : null}
          {may('create:contact') ? (
            <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
              {t('new')}
            </Button>
          ) : null}
        </>
      }
    >
      <search className={css.search}>
        <SearchField
          label={t('search.label')}
          placeholder={t('search.placeholder')}
          clearLabel={t('search.clear')}
          value={q}
          onSearch={text => void navigate({ search: text ? { q: text } : {}, replace: true })}
        />
      </search>
      <Card flush>
        <RecordList
          label={t('title')}
          query={query}
          id={contact => contact.id}
          columns={[
            { key: 'name', head: t('field.name'), track: 'minmax(0, 1.2fr)', cell: name },
            { key: 'title', head: t('field.title'), cell: contact => contact.title },
            { key: 'customer', head: t('customer'), track: 'minmax(0, 2fr)', cell: customer },
            {
              key: 'phone',
              head: t('field.phone'),
              track: 'minmax(0, 1.2fr)',
              cell: contact => contact.phone,
            },
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
          ]}
          card={contact => (
            <div className={css.item}>
              <div className={css.who}>
                {name(contact)}
                <span className={css.quiet}>{contact.title}</span>
                {customer(contact)}
              </div>
              <ContactReach contact={contact} />
            </div>
          )}
          empty={
            q ? (
              <Empty icon={<IconSearchOff />} title={t('empty.narrow')} />
            ) : (
              <Empty icon={<IconAddressBook />} title={t('empty.title')}>
                {t('empty.words')}
              </Empty>
            )
          }
        />
      </Card>
      <ContactSheet contact={null} customerId={null} opened={sheet.is('new')} onClose={sheet.close} />
      <ContactSheet
        contact={chosen}
        customerId={chosen?.customer?.id ?? null}
        opened={chosen !== null}
        onClose={() => setChosen(null)}
      />
    </Page>
  );
}
