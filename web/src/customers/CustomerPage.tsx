// One customer: who it is, what happened, what comes next; the follow-up composer always within reach.
import { useMediaQuery } from '@mantine/hooks';
import { type InfiniteData, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { Composer } from '../activities/Composer.tsx';
import { ComposerBar } from '../activities/ComposerBar.tsx';
import { api } from '../api.ts';
import { ContactsCard } from '../contacts/ContactsCard.tsx';
import { DealsCard } from '../deals/DealsCard.tsx';
import { FilesCard } from '../files/FilesCard.tsx';
import { LeadsCard } from '../leads/LeadsCard.tsx';
import { OrdersCard } from '../orders/OrdersCard.tsx';
import { HoldersCard } from '../pool/Holders.tsx';
import { Problem } from '../problem.ts';
import { useMe } from '../session.ts';
import { SharesCard } from '../sharing/SharesCard.tsx';
import { TasksCard } from '../tasks/TasksCard.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { RecordAway } from '../ui/RecordAway.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWords } from '../words.ts';
import { CustomerHead } from './CustomerHead.tsx';
import { CustomerMenu } from './CustomerMenu.tsx';
import css from './customers.module.css';
import { DeletedNote } from './DeletedNote.tsx';
import { EditCustomer } from './EditCustomer.tsx';
import { Facts } from './Facts.tsx';
import type { Customer } from './form.ts';
import { ReachRow } from './reach.tsx';
import { Timeline } from './Timeline.tsx';

const route = getRouteApi('/customers/$id');

export default function CustomerPage() {
  const { t } = useWords('customers');
  const { id } = route.useParams();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['customers', id],
    queryFn: ({ signal }) => api('GET /customers/{id}', { params: { id }, signal }),
    // What the list has shown already is here at once, and without a network it is better than nothing.
    placeholderData: () => listed(queries, id),
  });
  if (query.data) return <Loaded customer={query.data} />;
  const mergedInto = query.error instanceof Problem ? query.error.members.mergedInto : null;
  if (typeof mergedInto === 'string')
    return <Navigate to="/customers/$id" params={{ id: mergedInto }} replace />;
  const words = { one: t('one'), gone: t('gone') };
  return <RecordAway query={query} words={words} back={{ to: '/customers', label: t('title') }} />;
}

/** The customer out of any list that was read before. */
function listed(queries: QueryClient, id: string): Customer | undefined {
  const lists = queries.getQueriesData<InfiniteData<{ items: Customer[] }>>({
    queryKey: ['customers', 'list'],
  });
  for (const [, list] of lists)
    for (const page of list?.pages ?? []) {
      const found = page.items.find(customer => customer.id === id);
      if (found) return found;
    }
  return undefined;
}

function Loaded({ customer }: { customer: Customer }) {
  const { t } = useWords('customers');
  const { may } = useMe();
  const desk = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const sheet = useSheet();
  const alive = customer.deletedAt === null;
  const writable = alive && may('update:customer');
  const followable = alive && may('create:activity');
  useShortcuts(writable ? { e: () => sheet.open('edit') } : {});
  const menu = <CustomerMenu customer={customer} onEdit={() => sheet.open('edit')} />;
  return (
    <Page
      title={customer.name}
      back={{ to: '/customers', label: t('title') }}
      lead={
        <CustomerHead customer={customer} editable={writable}>
          {desk ? null : menu}
        </CustomerHead>
      }
      actions={desk ? menu : null}
    >
      {alive ? null : <DeletedNote customer={customer} />}
      <ReachRow customer={customer} />
      <div className={css.columns}>
        <div className={css.column}>
          {desk && followable ? (
            <Card title={t('compose.title')}>
              <Composer about={{ customerId: customer.id }} />
            </Card>
          ) : null}
          <Timeline customer={customer} editable={alive} />
        </div>
        <div className={css.column}>
          <ContactsCard customerId={customer.id} editable={alive} />
          <TasksCard about={{ type: 'customer', id: customer.id, name: customer.name }} editable={alive} />
          {alive && may('read:deal') ? <DealsCard customer={customer} editable={alive} /> : null}
          {alive && may('read:order') ? <OrdersCard customer={customer} editable={alive} /> : null}
          <Facts customer={customer} />
          {alive ? <FilesCard subject={{ type: 'customer', id: customer.id }} /> : null}
          {alive ? <SharesCard subject={{ type: 'customer', id: customer.id }} /> : null}
          {may('read:lead') ? <LeadsCard customerId={customer.id} /> : null}
          <HoldersCard customerId={customer.id} />
        </div>
      </div>
      {!desk && followable ? <ComposerBar party={customer} /> : null}
      <EditCustomer customer={customer} opened={sheet.is('edit')} onClose={sheet.close} />
    </Page>
  );
}
