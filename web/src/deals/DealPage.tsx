// One deal: how far it is, what it is about, the moves that brought it here, every change.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { Changes } from '../audit/Changes.tsx';
import { CommentsCard } from '../comments/CommentsCard.tsx';
import { CustomFacts } from '../custom-fields/CustomValue.tsx';
import { useFields } from '../custom-fields/use-fields.ts';
import { useOwners } from '../customers/use-owners.ts';
import { FilesCard } from '../files/FilesCard.tsx';
import { ago, date, dateTime } from '../formats.ts';
import { PutBack } from '../history/PutBack.tsx';
import { OrdersCard } from '../orders/OrdersCard.tsx';
import { useMe } from '../session.ts';
import { SharesCard } from '../sharing/SharesCard.tsx';
import { TasksCard } from '../tasks/TasksCard.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { RecordAway } from '../ui/RecordAway.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { moneyOf } from './board.ts';
import { DaysMark } from './DealCard.tsx';
import css from './deals.module.css';
import { EditDeal } from './EditDeal.tsx';
import type { Deal, Stage } from './form.ts';
import { MoveSheet } from './MoveSheet.tsx';
import { StageSteps } from './StageSteps.tsx';
import { stageName } from './stage-name.ts';
import { usePipelines } from './use-pipelines.ts';
import { useReasons } from './use-reasons.ts';

const route = getRouteApi('/deals/$id');

export default function DealPage() {
  const { t } = useWords('deals');
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ['deals', id],
    queryFn: ({ signal }) => api('GET /deals/{id}', { params: { id }, signal }),
  });
  if (query.data) return <Loaded deal={query.data} />;
  const words = { one: t('one'), gone: t('gone') };
  return <RecordAway query={query} words={words} back={{ to: '/deals', label: t('title') }} />;
}

function Loaded({ deal }: { deal: Deal }) {
  const { t } = useWords('deals');
  const { may } = useMe();
  const sheet = useSheet();
  const { stageOf, chosen } = usePipelines();
  const [asking, setAsking] = useState<{ deal: Deal; stage: Stage } | null>(null);
  const writable = may('update:deal');
  useShortcuts(writable ? { e: () => sheet.open('edit') } : {});
  return (
    <Page
      title={deal.title}
      back={{ to: '/deals', label: t('title') }}
      lead={
        <span className={css.lead}>
          <Link to="/customers/$id" params={{ id: deal.customer.id }} className="lk-link">
            {deal.customer.name}
          </Link>
          <strong className={css.amount}>
            {deal.amount
              ? moneyOf(deal.amount, deal.currency)
              : deal.amount === null
                ? '—'
                : t('amount.none')}
          </strong>
          <DaysMark deal={deal} />
        </span>
      }
      actions={<Actions deal={deal} onEdit={() => sheet.open('edit')} />}
    >
      <StageSteps
        deal={deal}
        stages={chosen(deal.pipelineId)?.stages ?? []}
        onMove={writable ? stage => setAsking({ deal, stage }) : null}
      />
      <div className={css.columns}>
        <Card title={t('facts')}>
          <Facts deal={deal} />
        </Card>
        <div className={css.stack}>
          {may('read:order') ? (
            <OrdersCard deal={{ id: deal.id, kind: deal.stage.kind }} editable={writable} />
          ) : null}
          <TasksCard about={{ type: 'deal', id: deal.id, name: deal.title }} editable={writable} />
          {deal.deletedAt === null ? <FilesCard subject={{ type: 'deal', id: deal.id }} /> : null}
          <CommentsCard subject={{ type: 'deal', id: deal.id }} writable={writable} />
          <Moves id={deal.id} />
          <History deal={deal} writable={writable} />
          <SharesCard subject={{ type: 'deal', id: deal.id }} />
        </div>
      </div>
      <MoveSheet asking={asking} onClose={() => setAsking(null)} />
      <EditDeal
        deal={deal}
        opened={sheet.is('edit')}
        onClose={sheet.close}
        usual={stageOf(deal.stage.id)?.probability}
      />
    </Page>
  );
}

function Actions({ deal, onEdit }: { deal: Deal; onEdit: () => void }) {
  const { t } = useWords('deals');
  const { may } = useMe();
  const navigate = useNavigate();
  const params = { id: deal.id };
  const restore = useWrite('POST /deals/{id}/restore', {
    renews: [['deals']],
    onDone: () => toast(t('bin.restored', { title: deal.title })),
  });
  const remove = useWrite('DELETE /deals/{id}', {
    renews: [
      ['deals', 'list'],
      ['deals', 'board'],
      ['deals', 'column'],
      ['deals', 'of'],
    ],
    onDone: async () => {
      toast(t('bin.deleted', { title: deal.title }), {
        label: t('bin.undo'),
        act: () => restore.mutate({ params }),
      });
      await navigate({ to: '/deals' });
    },
  });
  return (
    <>
      {may('delete:deal') ? (
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t('menu')} loading={remove.isPending}>
              <IconDots size={20} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={18} aria-hidden />}
              onClick={() => remove.mutate({ params })}
            >
              {t('bin.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {may('update:deal') ? (
        <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={onEdit}>
          {t('edit.open')}
        </Button>
      ) : null}
    </>
  );
}

function Facts({ deal }: { deal: Deal }) {
  const { t } = useWords('deals');
  const { fields } = useFields('deal');
  const wins = useReasons('won', deal.wonReason !== null);
  const losses = useReasons('lost', deal.lostReason !== null);
  const facts: [string, React.ReactNode][] = [
    ['lostReason', deal.lostReason && losses.nameOf(deal.lostReason)],
    ['wonReason', deal.wonReason && wins.nameOf(deal.wonReason)],
    ['lostRemark', deal.lostRemark],
    ['nextStep', deal.nextStep],
    ['expectedOn', deal.expectedOn && date(`${deal.expectedOn}T00:00:00`)],
    ['probability', `${deal.probability}${deal.probabilityOwn ? t('probability.own') : ''}`],
    ['contactId', deal.contact?.name],
    ['ownerId', deal.owner?.name ?? t('owner.none')],
    ['source', deal.source],
    ['createdAt', dateTime(deal.createdAt)],
    ['updatedAt', dateTime(deal.updatedAt)],
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
      <CustomFacts fields={fields} custom={deal.custom} />
    </dl>
  );
}

function Moves({ id }: { id: string }) {
  const { t } = useWords('deals');
  const query = useQuery({
    queryKey: ['deals', id, 'moves'],
    queryFn: ({ signal }) => api('GET /deals/{id}/moves', { params: { id }, signal }),
  });
  const fromWords = (name: string, count: number) =>
    t(count === 0 ? 'moves.from-same' : 'moves.from', { stage: stageName(name), count });
  return (
    <Card title={t('moves.title')} flush>
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ol className={css.line}>
        {(query.data?.items ?? []).map(move => (
          <li key={move.id}>
            <strong>{stageName(move.to.name)}</strong>
            <span className={css.quiet}>
              {move.from ? fromWords(move.from.name, Math.round(move.days ?? 0)) : t('moves.begun')}
            </span>
            <span className={css.quiet}>
              {move.by ? `${move.by.name} · ` : ''}
              <time dateTime={move.at} title={dateTime(move.at)}>
                {ago(move.at)}
              </time>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function History({ deal, writable }: { deal: Deal; writable: boolean }) {
  const { id } = deal;
  const { t } = useWords('deals');
  const wins = useReasons('won');
  const losses = useReasons('lost');
  const { nameOf } = useOwners();
  const query = useQuery({
    queryKey: ['deals', id, 'history'],
    queryFn: ({ signal }) => api('GET /deals/{id}/history', { params: { id }, query: { limit: 50 }, signal }),
  });
  const shown = (field: string, value: unknown): unknown => {
    if (field === 'amount' && typeof value === 'number') return moneyOf(value, deal.currency);
    if (field === 'lostReason' && typeof value === 'string') return losses.nameOf(value);
    if (field === 'wonReason' && typeof value === 'string') return wins.nameOf(value);
    return value ?? null;
  };
  const changes = (query.data?.items ?? []).filter(item => item.action === 'deal.change');
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (changes.length === 0) return null;
  return (
    <Card title={t('changes.title')} flush>
      <ol className={css.line}>
        {changes.map(change => (
          <li key={change.id}>
            <span className={css.quiet}>
              {change.actor.name} · {ago(change.at)}
            </span>
            <Changes
              object="deal"
              lines={change.changes.map(({ field, before, after }) => ({
                field,
                before: shown(field, before),
                after: shown(field, after),
              }))}
              nameOf={nameOf}
            />
            {writable ? <PutBack object="deal" id={id} entry={change.id} /> : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
