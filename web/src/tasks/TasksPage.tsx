// The task list: one's own open ones first, by the day they are due; others' and those done by the filters.
import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core';
import { IconBell, IconChecklist, IconDots, IconPlus, IconSearchOff, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { BulkBar } from '../batches/BulkBar.tsx';
import { useMayBulk } from '../batches/may-bulk.ts';
import { useSelection } from '../batches/use-selection.ts';
import { useOwners } from '../customers/use-owners.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Filters, trimmed } from '../ui/filters.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { PickedCard } from '../ui/picking.tsx';
import listCss from '../ui/record-list.module.css';
import { SearchField } from '../ui/search-field.tsx';
import { Empty, Failed, LoadingRows } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useFurther } from '../views/use-further.ts';
import { ViewBar } from '../views/ViewBar.tsx';
import { useWords } from '../words.ts';
import { EditTask } from './EditTask.tsx';
import { type Kind, kinds, type Task } from './form.ts';
import { NewTask } from './NewTask.tsx';
import { RemindersSheet } from './RemindersSheet.tsx';
import { bulkFilters, queryOf, type Search } from './search.ts';
import { TaskActs } from './TaskActs.tsx';
import { TaskRow } from './TaskRow.tsx';
import css from './tasks.module.css';

const route = getRouteApi('/tasks');

export default function TasksPage() {
  const { t } = useWords('tasks');
  const { may } = useMe();
  const { sheet: _sheet, ...search } = route.useSearch();
  const sheet = useSheet();
  const [opened, setOpened] = useState<Task | null>(null);
  const isDone = search.status === 'done';
  const query = useInfiniteQuery({
    queryKey: ['tasks', 'list', search],
    queryFn: ({ pageParam, signal }) => api('GET /tasks', { query: queryOf(search, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  const selection = useSelection(search);
  const mayPick = useMayBulk('task');
  const add = () => sheet.open('new');
  useShortcuts(may('create:task') ? { n: add } : {});
  const newButton = may('create:task') ? (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
      {t('new.open')}
    </Button>
  ) : null;
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <ListMenu onReminders={() => sheet.open('reminders')} />
          {newButton}
        </>
      }
    >
      <ViewBar object="task" search={search} title={t('title')} />
      <TaskFilters search={search} />
      <Card flush>
        {query.isPending ? <LoadingRows /> : null}
        {query.isError && items.length === 0 ? (
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.data && items.length === 0 ? <Nothing search={search} action={newButton} /> : null}
        {mayPick && items.length > 1 ? (
          <button
            type="button"
            className={listCss.pick}
            data-away={selection.on || undefined}
            onClick={selection.start}
          >
            {t('bulk.start')}
          </button>
        ) : null}
        <ul className={css.list} aria-label={t('title')} aria-busy={query.isPlaceholderData}>
          {items.map(task => {
            const row = (
              <TaskRow
                key={task.id}
                task={task}
                onOpen={setOpened}
                writable={may('update:task')}
                withOwner={search.owner !== undefined}
              />
            );
            return mayPick ? (
              <PickedCard
                key={task.id}
                name={task.title}
                picking={selection.on}
                picked={selection.has(task.id)}
                onToggle={() => selection.toggle(task.id)}
              >
                {row}
              </PickedCard>
            ) : (
              <li key={task.id}>{row}</li>
            );
          })}
        </ul>
        {query.hasNextPage ? (
          <div className={css.more}>
            <Button
              variant="default"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('show-more')}
            </Button>
          </div>
        ) : null}
      </Card>
      <BulkBar
        object="task"
        selection={selection}
        filters={bulkFilters(search)}
        acts={isDone ? null : <TaskActs selection={selection} />}
      />
      <NewTask opened={sheet.is('new')} onClose={sheet.close} />
      <RemindersSheet opened={sheet.is('reminders')} onClose={sheet.close} />
      <EditTask task={opened} onClose={() => setOpened(null)} />
    </Page>
  );
}

function Nothing({ search, action }: { search: Search; action: React.ReactNode }) {
  const { t } = useWords('tasks');
  const isNarrowed = Boolean(
    search.q ??
      search.custom ??
      search.kind ??
      search.status ??
      search.owner ??
      search.dueFrom ??
      search.dueTo,
  );
  return isNarrowed ? (
    <Empty icon={<IconSearchOff />} title={t('empty.narrow')} />
  ) : (
    <Empty icon={<IconChecklist />} title={t('empty.title')} action={action}>
      {t('empty.words')}
    </Empty>
  );
}

function TaskFilters({ search }: { search: Search }) {
  const { t } = useWords('tasks');
  const { user } = useMe();
  const { owners, nameOf } = useOwners();
  const navigate = route.useNavigate();
  const set = (change: Search) =>
    void navigate({ search: before => trimmed({ ...before, ...change }), replace: true });
  const ownerWords = (id: string) =>
    id === 'all' ? t('owner.all') : id === 'none' ? t('owner.none') : (nameOf(id) ?? t('field.ownerId'));
  const further = useFurther('task', search);
  const chips = [
    ...(search.owner
      ? [{ key: 'owner', words: ownerWords(search.owner), off: () => set({ owner: '' }) }]
      : []),
    ...(search.kind && kinds.includes(search.kind as Kind)
      ? [{ key: 'kind', words: t(`kind.${search.kind}`), off: () => set({ kind: '' }) }]
      : []),
    ...further.map(({ key, words }) => ({ key, words, off: () => set({ [key]: '' }) })),
  ];
  return (
    <>
      <Filters
        words={{
          open: t('filter.open'),
          done: t('filter.done'),
          clear: t('filter.clear'),
          off: filter => t('filter.off', { filter }),
        }}
        chips={chips}
        onClear={() => set({ owner: '', kind: '', custom: '', dueFrom: '', dueTo: '' })}
        lead={
          <SearchField
            label={t('search.label')}
            placeholder={t('search.placeholder')}
            clearLabel={t('search.clear')}
            value={search.q ?? ''}
            onSearch={q => set({ q })}
          />
        }
      >
        {named => (
          <>
            {owners.length > 1 ? (
              <SelectField
                {...named(t('field.ownerId'))}
                value={search.owner ?? ''}
                onValue={owner => set({ owner })}
                data={[
                  { value: '', label: t('owner.mine') },
                  { value: 'all', label: t('owner.all') },
                  ...owners
                    .filter(owner => owner.id !== user.id)
                    .map(owner => ({ value: owner.id, label: owner.name })),
                ]}
              />
            ) : null}
            <SelectField
              {...named(t('field.kind'))}
              value={search.kind ?? ''}
              onValue={kind => set({ kind })}
              data={[
                { value: '', label: t('filter.all-kinds') },
                ...kinds.map(kind => ({ value: kind, label: t(`kind.${kind}`) })),
              ]}
            />
          </>
        )}
      </Filters>
      <SegmentedControl
        aria-label={t('field.status')}
        value={search.status === 'done' ? 'done' : 'open'}
        onChange={status => set({ status: status === 'done' ? 'done' : '' })}
        data={[
          { value: 'open', label: t('status.open') },
          { value: 'done', label: t('status.done') },
        ]}
      />
    </>
  );
}

function ListMenu({ onReminders }: { onReminders: () => void }) {
  const { t } = useWords('tasks');
  const { may } = useMe();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t('list-menu')}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconBell size={18} aria-hidden />} onClick={onReminders}>
          {t('reminders.title')}
        </Menu.Item>
        {may('delete:task') ? (
          <Menu.Item
            leftSection={<IconTrash size={18} aria-hidden />}
            renderRoot={props => <Link {...props} to="/bin" search={{ object: 'task' }} />}
          >
            {t('bin.title')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
