// Under a list's title: which view it is, what it shows in a sentence, filters by own fields, and its columns.
import { Button, Checkbox, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBookmark, IconChevronDown, IconColumns3, IconFilterPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api.ts';
import { useFields } from '../custom-fields/use-fields.ts';
import { trimmed } from '../ui/filters.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Offered } from './columns.tsx';
import { useSentence } from './sentence.ts';
import { isAsKept, keptOf, type SavedView, type Search, searchOf, type ViewObject } from './view.ts';
import css from './views.module.css';

const SaveView = lazy(() => import('./SaveView.tsx'));
const OwnFilters = lazy(() => import('./OwnFilters.tsx'));

type ViewBarProps = {
  object: ViewObject;
  search: Search;
  /** What the list is called while no view is chosen. */
  title: string;
  /** The columns one may choose from; left out where there is no table. */
  columns?: Offered[];
  /** What stays in the address when a view is left, such as the list beside the board. */
  stays?: Search;
};

const audiences = ['own', 'team', 'all'] as const;

export function ViewBar({ object, search, title, columns, stays = {} }: ViewBarProps) {
  const { t } = useWords('views');
  const navigate = useNavigate();
  const desk = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const [sheet, setSheet] = useState<'save' | 'own' | null>(null);
  const extended = object === 'customer' || object === 'deal' ? object : null;
  const own = useFields(extended ?? 'customer');
  const sentence = useSentence(object, search);
  const query = useQuery({
    queryKey: ['views', object],
    queryFn: ({ signal }) => api('GET /views', { query: { object }, signal }),
    staleTime: 60_000,
  });
  const views = query.data?.items ?? [];
  const current = views.find(view => view.id === search.v);
  const altered = current ? !isAsKept(current, search) : sentence !== null || Boolean(search.cols);
  const renews = [['views']];
  const change = useWrite('PATCH /views/{id}', { renews, onDone: () => toast(t('changed')) });
  const remove = useWrite('DELETE /views/{id}', {
    renews,
    onDone: () => {
      toast(t('removed'));
      go(stays);
    },
  });
  // It serves every list, so the router cannot know the search of the one it is on: hence the cast.
  const go = (to: Search) => void navigate({ to: '.', search: trimmed(to) } as never);
  const set = (part: Search) => go({ ...search, ...part });
  return (
    <div className={css.bar}>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconBookmark size={17} aria-hidden />}
            rightSection={<IconChevronDown size={16} aria-hidden />}
          >
            {current ? current.name : t('usual', { title })}
            {current && altered ? t('altered') : ''}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => go(stays)}>{t('usual', { title })}</Menu.Item>
          {audiences.map(audience => (
            <Group
              key={audience}
              label={t(`audience.${audience}`)}
              views={views.filter(view => view.audience === audience)}
              onChoose={view => go({ ...stays, ...searchOf(view) })}
            />
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setSheet('save')} disabled={!altered}>
            {t('save.open')}
          </Menu.Item>
          {current?.mayChange && altered ? (
            <Menu.Item onClick={() => change.mutate({ params: { id: current.id }, body: keptOf(search) })}>
              {t('change', { name: current.name })}
            </Menu.Item>
          ) : null}
          {current?.mayChange ? (
            <Menu.Item color="red" onClick={() => remove.mutate({ params: { id: current.id } })}>
              {t('remove', { name: current.name })}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {extended && own.fields.length > 0 ? (
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconFilterPlus size={17} aria-hidden />}
          onClick={() => setSheet('own')}
        >
          {t('own.open')}
        </Button>
      ) : null}
      {columns && desk ? (
        <Columns offered={columns} cols={search.cols} onChange={cols => set({ cols })} />
      ) : null}
      {sentence ? (
        <p className={css.sentence} aria-live="polite">
          {sentence}
        </p>
      ) : null}
      <Suspense fallback={null}>
        {sheet === 'save' ? (
          <SaveView
            object={object}
            kept={keptOf(search)}
            onClose={() => setSheet(null)}
            onSaved={view => {
              setSheet(null);
              toast(t('saved', { name: view.name }));
              set({ v: view.id });
            }}
          />
        ) : null}
        {sheet === 'own' && extended ? (
          <OwnFilters
            object={extended}
            custom={search.custom}
            opened
            onChange={custom => set({ custom })}
            onClose={() => setSheet(null)}
          />
        ) : null}
      </Suspense>
    </div>
  );
}

type GroupProps = { label: string; views: SavedView[]; onChoose: (view: SavedView) => void };

function Group({ label, views, onChoose }: GroupProps) {
  if (views.length === 0) return null;
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {views.map(view => (
        <Menu.Item key={view.id} onClick={() => onChoose(view)}>
          {view.name}
        </Menu.Item>
      ))}
    </>
  );
}

type ColumnsProps = { offered: Offered[]; cols: string | undefined; onChange: (cols: string) => void };

/** The first column names the record and is always there. */
function Columns({ offered, cols, onChange }: ColumnsProps) {
  const { t } = useWords('views');
  const [, ...free] = offered;
  const shown = cols
    ? cols.split(',')
    : free.filter(one => !one.key.startsWith('custom.')).map(one => one.key);
  const toggle = (key: string) => {
    const next = shown.includes(key) ? shown.filter(one => one !== key) : [...shown, key];
    onChange((next.length > 0 ? next : [offered[0]?.key ?? '']).join(','));
  };
  return (
    <Menu position="bottom-start" closeOnItemClick={false} width={240}>
      <Menu.Target>
        <Button variant="default" size="compact-md" leftSection={<IconColumns3 size={17} aria-hidden />}>
          {t('columns.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {free.map(column => (
          <Menu.Item
            key={column.key}
            role="menuitemcheckbox"
            aria-checked={shown.includes(column.key)}
            onClick={() => toggle(column.key)}
            leftSection={<Checkbox.Indicator checked={shown.includes(column.key)} size="xs" aria-hidden />}
          >
            {column.head}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onChange('')}>{t('columns.usual')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
