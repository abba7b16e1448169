// All contacts within one's reach: searched, called, opened at their customer.
import { Button } from '@mantine/core';
import { IconAddressBook, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { BulkBar } from '../batches/BulkBar.tsx';
import { useMayBulk } from '../batches/may-bulk.ts';
import { useSelection } from '../batches/use-selection.ts';
import { ExportButton } from '../exports/ExportButton.tsx';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { ListFilters } from '../views/ListFilters.tsx';
import { ViewBar } from '../views/ViewBar.tsx';
import { useWords } from '../words.ts';
import { ContactSheet } from './ContactSheet.tsx';
import { CustomerOf, useContactColumns } from './contact-columns.tsx';
import css from './contacts.module.css';
import type { Contact } from './form.ts';
import { ContactReach } from './reach.tsx';
import { exportFilters, isNarrowed, queryOf, sorts } from './search.ts';

const route = getRouteApi('/contacts');

export default function ContactsPage() {
  const { t } = useWords('contacts');
  const { may } = useMe();
  const { sheet: _sheet, ...search } = route.useSearch();
  const [chosen, setChosen] = useState<Contact | null>(null);
  const sheet = useSheet();
  const add = () => sheet.open('new');
  useShortcuts(may('create:contact') ? { n: add } : {});
  const query = useInfiniteQuery({
    queryKey: ['contacts', 'list', search],
    queryFn: ({ pageParam, signal }) => api('GET /contacts', { query: queryOf(search, pageParam), signal }),
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
  const { offered, columns } = useContactColumns(name, search.cols);
  const selection = useSelection(search);
  const mayBulk = useMayBulk('contact');
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {may('export:contact') ? <ExportButton object="contact" filters={exportFilters(search)} /> : null}
          {may('create:contact') ? (
            <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
              {t('new')}
            </Button>
          ) : null}
        </>
      }
    >
      <ViewBar object="contact" search={search} title={t('title')} columns={offered} />
      <ListFilters
        object="contact"
        search={search}
        label={t('search.label')}
        placeholder={t('search.placeholder')}
        sorts={sorts.map(value => ({ value, label: t(`sort.${value}`) }))}
      />
      <Card flush>
        <RecordList
          label={t('title')}
          query={query}
          id={contact => contact.id}
          selection={mayBulk ? { ...selection, nameOf: contact => contact.name } : undefined}
          columns={columns}
          card={contact => (
            <div className={css.item}>
              <div className={css.who}>
                {name(contact)}
                <span className={css.quiet}>{contact.title}</span>
                <CustomerOf contact={contact} />
              </div>
              <ContactReach contact={contact} />
            </div>
          )}
          empty={
            isNarrowed(search) ? (
              <Empty icon={<IconSearchOff />} title={t('empty.narrow')} />
            ) : (
              <Empty icon={<IconAddressBook />} title={t('empty.title')}>
                {t('empty.words')}
              </Empty>
            )
          }
        />
      </Card>
      <BulkBar object="contact" selection={selection} filters={exportFilters(search)} />
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
