// A quote or an order as one hands it to a customer: an A4 page in either language, printed or saved by the browser.
import { Button, SegmentedControl } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import { decimalsOf } from '../deals/form.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Failed, LoadingRecord } from '../ui/states.tsx';
import { language, useWords } from '../words.ts';
import { percentText } from './amounts.ts';
import type { Order } from './form.ts';
import css from './print.module.css';
import { type PrintLanguage, printWords } from './print-words.ts';

const route = getRouteApi('/orders/$id/print');

export default function PrintPage() {
  const { t } = useWords('orders');
  const { id } = route.useParams();
  const [chosen, setChosen] = useState<PrintLanguage>(language());
  const query = useQuery({
    queryKey: ['orders', id],
    queryFn: ({ signal }) => api('GET /orders/{id}', { params: { id }, signal }),
  });
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.printing = 'order';
    return () => {
      delete dataset.printing;
    };
  }, []);
  const order = query.data;
  return (
    <Page
      title={t('print.title', { number: order?.number ?? '' })}
      back={{ to: `/orders/${id}`, label: t('print.back') }}
      actions={
        <>
          <SegmentedControl
            aria-label={t('print.language')}
            value={chosen}
            onChange={value => setChosen(value === 'en' ? 'en' : 'zh-CN')}
            data={[
              { value: 'zh-CN', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
          <Button leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => print()}>
            {t('print.print')}
          </Button>
        </>
      }
    >
      {order ? (
        <div className={css.desk}>
          <Document order={order} language={chosen} />
        </div>
      ) : (
        <Card>
          {query.isPending ? (
            <LoadingRecord />
          ) : (
            <Failed error={query.error} onRetry={() => void query.refetch()} />
          )}
        </Card>
      )}
    </Page>
  );
}

function Document({ order, language: lang }: { order: Order; language: PrintLanguage }) {
  const { workspace, may } = useMe();
  const words = printWords[lang];
  const customer = useQuery({
    queryKey: ['customers', order.customer.id],
    queryFn: ({ signal }) => api('GET /customers/{id}', { params: { id: order.customer.id }, signal }),
    enabled: may('read:customer'),
  });
  const money = (minor: number | null) =>
    minor === null
      ? '—'
      : new Intl.NumberFormat(lang, {
          style: 'currency',
          currency: order.currency,
          currencyDisplay: lang === 'en' ? 'code' : 'narrowSymbol',
        }).format(minor / 10 ** decimalsOf(order.currency));
  const day = (text: string | null) =>
    text && new Intl.DateTimeFormat(lang, { dateStyle: 'long' }).format(new Date(`${text}T00:00:00`));
  const said = (label: string, value: string | null | undefined) =>
    value ? (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ) : null;
  const [discounted, taxed] = [
    order.lines.some(line => line.discount),
    order.lines.some(line => line.taxRate),
  ];
  return (
    <article className={css.sheet} lang={lang}>
      <header className={css.head}>
        <div>
          <strong className={css.company}>{workspace.name}</strong>
        </div>
        <div className={css.title}>
          <h2>{words.title[order.kind]}</h2>
          <span>
            {words.number} {order.number}
          </span>
        </div>
      </header>
      <div className={css.parties}>
        <dl>
          {said(words.to, order.customer.name)}
          {said(words.contact, order.contact?.name)}
          {said('', [customer.data?.city, customer.data?.address].filter(Boolean).join(' '))}
          {said('', customer.data?.phone)}
        </dl>
        <dl>
          {said(words.issuedOn, day(order.issuedOn))}
          {said(words.validUntil, order.kind === 'quote' ? day(order.validUntil) : null)}
          {said(words.deliveryOn, day(order.deliveryOn))}
          {said(words.from, order.owner?.name)}
        </dl>
      </div>
      {order.title ? (
        <p className={css.subject}>
          {words.subject}
          {words.colon}
          <strong>{order.title}</strong>
        </p>
      ) : null}
      <table className={css.table}>
        <thead>
          <tr>
            <th>{words.place}</th>
            <th>{words.item}</th>
            <th>{words.quantity}</th>
            <th>{words.unitPrice}</th>
            {discounted ? <th>{words.discount}</th> : null}
            {taxed ? <th>{words.tax}</th> : null}
            <th>{words.amount}</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
            <tr key={place}>
              <td>{place + 1}</td>
              <td>
                {line.name}
                {line.code ? <small> {line.code}</small> : null}
                {line.description ? <small className={css.more}>{line.description}</small> : null}
              </td>
              <td>
                {line.quantity} {line.unit}
              </td>
              <td>{money(line.unitPrice)}</td>
              {discounted ? <td>{line.discount ? `−${percentText(line.discount)}%` : ''}</td> : null}
              {taxed ? <td>{line.taxRate ? `${percentText(line.taxRate)}%` : ''}</td> : null}
              <td>{money(order.taxIncluded ? line.total : line.net)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={css.sums}>
        {said(words.net, money(order.net))}
        {said(words.taxSum, money(order.tax))}
        <div data-total>
          <dt>{words.total}</dt>
          <dd>{money(order.total)}</dd>
        </div>
      </dl>
      <p className={css.note}>{order.taxIncluded ? words.taxIncluded : words.taxAdded}</p>
      {order.instalments.length > 0 ? (
        <section>
          <h3>{words.plan}</h3>
          <ul className={css.plan}>
            {order.instalments.map(one => (
              <li key={one.id}>
                <span>{day(one.dueOn)}</span>
                <span>{one.note}</span>
                <span>{money(one.amount)}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {order.terms ? (
        <section>
          <h3>{words.terms}</h3>
          <p className={css.terms}>{order.terms}</p>
        </section>
      ) : null}
      <footer className={css.signs}>
        <span>{words.signOurs}</span>
        <span>{words.signTheirs}</span>
      </footer>
    </article>
  );
}
