// One quote or order: what was agreed, what it comes to, how far it is, what has been paid.
import { Button } from '@mantine/core';
import { IconPencil, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { CommentsCard } from '../comments/CommentsCard.tsx';
import { CustomFacts } from '../custom-fields/CustomValue.tsx';
import { useFields } from '../custom-fields/use-fields.ts';
import { FilesCard } from '../files/FilesCard.tsx';
import { dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordAway } from '../ui/RecordAway.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWords } from '../words.ts';
import { EditOrder } from './EditOrder.tsx';
import type { Order } from './form.ts';
import { History } from './History.tsx';
import { LinesCard } from './LinesCard.tsx';
import { dayWords, exact, StatusMark } from './marks.tsx';
import css from './orders.module.css';
import { Payments } from './Payments.tsx';
import { OtherSteps, usePlaces } from './Progress.tsx';

const route = getRouteApi('/orders/$id');

export default function OrderPage() {
  const { t } = useWords('orders');
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ['orders', id],
    queryFn: ({ signal }) => api('GET /orders/{id}', { params: { id }, signal }),
  });
  if (query.data) return <Loaded order={query.data} />;
  const words = { one: t('one'), gone: t('gone') };
  return <RecordAway query={query} words={words} back={{ to: '/orders', label: t('title') }} />;
}

function Loaded({ order }: { order: Order }) {
  const { t } = useWords('orders');
  const { may } = useMe();
  const sheet = useSheet();
  const writable = may('update:order');
  const places = usePlaces(order);
  useShortcuts(writable ? { e: () => sheet.open('edit') } : {});
  return (
    <Page
      title={order.title || `${t(`kind.${order.kind}`)} ${order.number}`}
      back={{ to: '/orders', label: t('title') }}
      lead={
        <span className={css.lead}>
          <span>
            {t(`kind.${order.kind}`)} {order.number}
          </span>
          <StatusMark order={order} />
          <Link to="/customers/$id" params={{ id: order.customer.id }} className="lk-link">
            {order.customer.name}
          </Link>
          <strong className={css.amount}>{exact(order.total, order.currency)}</strong>
        </span>
      }
      actions={
        <>
          <OtherSteps order={order} places={places} />
          <Button
            component={Link}
            to={`/orders/${order.id}/print`}
            variant="default"
            leftSection={<IconPrinter size={18} aria-hidden />}
          >
            {t('print.open')}
          </Button>
          {writable ? (
            <Button
              variant="default"
              leftSection={<IconPencil size={18} aria-hidden />}
              onClick={() => sheet.open('edit')}
            >
              {t('edit.open')}
            </Button>
          ) : null}
          {places.next ? (
            <Button loading={places.busy} onClick={places.next.act}>
              {places.next.words}
            </Button>
          ) : null}
        </>
      }
    >
      <ProblemNote error={places.error} />
      <div className={css.columns}>
        <div className={css.stack}>
          <LinesCard order={order} />
          {order.terms ? (
            <Card title={t('field.terms')}>
              <p className={css.prose}>{order.terms}</p>
            </Card>
          ) : null}
        </div>
        <div className={css.stack}>
          {order.kind === 'order' ? <Payments order={order} /> : null}
          <Card title={t('facts')}>
            <Facts order={order} />
          </Card>
          {order.deletedAt === null ? <FilesCard subject={{ type: 'order', id: order.id }} /> : null}
          <CommentsCard subject={{ type: 'order', id: order.id }} writable={writable} />
          <History order={order} writable={writable && order.deletedAt === null} />
        </div>
      </div>
      <EditOrder order={order} opened={sheet.is('edit')} onClose={sheet.close} />
    </Page>
  );
}

function Facts({ order }: { order: Order }) {
  const { t } = useWords('orders');
  const { fields } = useFields('order');
  const to = (path: '/orders/$id' | '/deals/$id', link: { id: string; name: string } | null) =>
    link ? (
      <Link to={path} params={{ id: link.id }} className="lk-link">
        {link.name}
      </Link>
    ) : null;
  const facts: [string, React.ReactNode][] = [
    ['contactId', order.contact?.name],
    ['deal', to('/deals/$id', order.deal)],
    ['quote', to('/orders/$id', order.quote)],
    ['order', to('/orders/$id', order.order)],
    ['issuedOn', dayWords(order.issuedOn)],
    ['validUntil', order.validUntil && dayWords(order.validUntil)],
    ['deliveryOn', order.deliveryOn && dayWords(order.deliveryOn)],
    ['taxIncluded', t(order.taxIncluded ? 'tax.included' : 'tax.added')],
    ['ownerId', order.owner?.name ?? t('owner.none')],
    ['remark', order.remark],
    ['updatedAt', dateTime(order.updatedAt)],
  ];
  return (
    <dl className={css.facts}>
      {facts.map(([field, value]) =>
        value ? (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
      <CustomFacts fields={fields} custom={order.custom} />
    </dl>
  );
}
