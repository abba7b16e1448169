// One price list with its prices, new or there already.
import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { Conflict } from '../customers/Conflict.tsx';
import { clashesOf, merged } from '../customers/conflict.ts';
import { Problem } from '../problem.ts';
import { useMe } from '../session.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import {
  blankList,
  isRowWhole,
  type ListForm,
  listBody,
  listFormOf,
  listFrom,
  listTexts,
  type PriceList,
  textsOf,
} from './form.ts';
import { ListFields } from './ListFields.tsx';
import css from './products.module.css';

const route = getRouteApi('/products/price-lists/$id');

export default function PriceListPage() {
  const { t } = useWords('products');
  const { id } = route.useParams();
  const isNew = id === 'new';
  const query = useQuery({
    queryKey: ['price-lists', id],
    queryFn: ({ signal }) => api('GET /price-lists/{id}', { params: { id }, signal }),
    enabled: !isNew,
  });
  const list = isNew ? null : query.data;
  return (
    <Page
      title={isNew ? t('lists.new') : (list?.name ?? t('lists.title'))}
      back={{ to: '/products/price-lists', label: t('lists.title') }}
      width="reading"
      actions={list ? <Remove list={list} /> : null}
    >
      <Card>
        {list !== undefined ? (
          <ListForms key={id} list={list} />
        ) : query.isPending ? (
          <LoadingRecord />
        ) : (
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Card>
    </Page>
  );
}

function Remove({ list }: { list: PriceList }) {
  const { t } = useWords('products');
  const { may } = useMe();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const remove = useWrite('DELETE /price-lists/{id}', {
    renews: [['price-lists']],
    onDone: async () => {
      toast(t('lists.removed', { name: list.name }));
      await navigate({ to: '/products/price-lists' });
    },
  });
  if (!may('delete:product')) return null;
  return (
    <Button
      variant="default"
      color="red"
      leftSection={<IconTrash size={18} aria-hidden />}
      loading={remove.isPending}
      onClick={() => (sure ? remove.mutate({ params: { id: list.id } }) : setSure(true))}
    >
      {t(sure ? 'lists.sure' : 'lists.remove')}
    </Button>
  );
}

type Editing = { form: ListForm; base: ListForm; version: number };

function ListForms({ list }: { list: PriceList | null }) {
  const { t } = useWords('products');
  const { may } = useMe();
  const navigate = useNavigate();
  const [tried, setTried] = useState(false);
  const start = list ? listFormOf(list) : blankList;
  const draft = useDraft<Editing>(`price-list:${list?.id ?? 'new'}`, {
    form: start,
    base: start,
    version: list?.version ?? 0,
  });
  const done = { renews: [['price-lists'], ['products', 'price']] };
  const add = useWrite('POST /price-lists', {
    ...done,
    onDone: async ({ body }) => {
      draft.saved();
      toast(t('lists.saved', { name: body.name }));
      await navigate({ to: '/products/price-lists/$id', params: { id: body.id }, replace: true });
    },
  });
  const save = useWrite('PUT /price-lists/{id}', {
    ...done,
    onDone: ({ body }) => {
      draft.saved();
      const form = listFormOf(body);
      draft.set({ form, base: form, version: body.version });
      toast(t('lists.saved', { name: body.name }));
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { form, version, base } = draft.value;
  const error = add.error ?? save.error;
  const current =
    save.error instanceof Problem && save.error.status === 412
      ? ((save.error.current as PriceList | null) ?? null)
      : null;
  const send = (next: ListForm, ifVersion: number) =>
    list
      ? save.mutate({ params: { id: list.id }, body: listBody(next), ifMatch: `"v${ifVersion}"` })
      : add.mutate({ body: listBody(next) });
  if (current) {
    const theirs = textsOf(listFormOf(current));
    const clashes = clashesOf(listTexts, { base: textsOf(base), mine: textsOf(form), theirs });
    return (
      <Conflict
        clashes={clashes}
        name={field => t(`field.${field}`)}
        show={(field, value) => {
          if (field === 'active') return t(`active.${value}`);
          if (field !== 'rows') return value;
          return listFrom({ ...theirs, rows: value })
            .rows.map(row => `${row.productName} ≥ ${row.fromQuantity}: ${row.unitPrice}`)
            .join('\n');
        }}
        busy={save.isPending}
        onBack={() => save.reset()}
        onDecided={choices => {
          const next = listFrom(merged(theirs, clashes, choices));
          draft.set({ form: next, base: listFrom(theirs), version: current.version });
          send(next, current.version);
        }}
      />
    );
  }
  function submit() {
    setTried(true);
    if (form.name.trim() && form.rows.every(row => isRowWhole(row, form.currency))) send(form, version);
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <ListFields
        form={form}
        set={change => draft.set(before => ({ ...before, form: { ...before.form, ...change } }))}
        setRows={change =>
          draft.set(before => ({ ...before, form: { ...before.form, rows: change(before.form.rows) } }))
        }
        tried={tried}
      />
      <ProblemNote error={error} />
      {may(list ? 'update:product' : 'create:product') ? (
        <Button type="submit" loading={add.isPending || save.isPending} fullWidth>
          {t('edit.save')}
        </Button>
      ) : null}
      <DraftNote draft={draft} />
    </Form>
  );
}
