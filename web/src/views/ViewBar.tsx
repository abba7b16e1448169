// Under a list's title: which view it is, what it shows in a sentence, filters by own fields, and its columns.
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBookmark, IconChevronDown, IconColumns3, IconFilterPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { api } from '../api.ts';
import { useFields } from '../custom-fields/use-fields.ts';
import { fetched } from '../ui/fetched.tsx';
import { trimmed } from '../ui/filters.tsx';
import { later } from '../ui/later.ts';
import { LaterMenu } from '../ui/menus.tsx';
import { toast } from '../ui/toast.tsx';
import { useWords } from '../words.ts';
import type { Offered } from './columns.tsx';
import { furtherOf } from './further.ts';
import { useSentence } from './sentence.ts';
import { isAsKept, keptOf, type Search, searchOf, type ViewObject } from './view.ts';
import css from './views.module.css';

const choices = later(() => import('./ViewChoices.tsx'));
const columnChoices = later(() => import('./ColumnChoices.tsx'));
const SaveView = fetched(() => import('./SaveView.tsx'));
const OwnFilters = fetched(() => import('./OwnFilters.tsx'));

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

export function ViewBar({ object, search, title, columns, stays = {} }: ViewBarProps) {
  const { t } = useWords('views');
  const navigate = useNavigate();
  const desk = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const [sheet, setSheet] = useState<'save' | 'own' | null>(null);
  const own = useFields(object);
  const { spans } = furtherOf(object);
  const sentence = useSentence(object, search);
  const query = useQuery({
    queryKey: ['views', object],
    queryFn: ({ signal }) => api('GET /views', { query: { object }, signal }),
    staleTime: 60_000,
  });
  const views = query.data?.items ?? [];
  const current = views.find(view => view.id === search.v);
  const altered = current ? !isAsKept(current, search) : sentence !== null || Boolean(search.cols);
  // It serves every list, so the router cannot know the search of the one it is on: hence the cast.
  const go = (to: Search) => void navigate({ to: '.', search: trimmed(to) } as never);
  const set = (part: Search) => go({ ...search, ...part });
  return (
    <div className={css.bar}>
      <LaterMenu
        of={choices}
        given={{
          views,
          current,
          altered,
          kept: keptOf(search),
          title,
          onChoose: view => go(view ? { ...stays, ...searchOf(view) } : stays),
          onSave: () => setSheet('save'),
        }}
        target={
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconBookmark size={17} aria-hidden />}
            rightSection={<IconChevronDown size={16} aria-hidden />}
          >
            {current ? current.name : t('usual', { title })}
            {current && altered ? t('altered') : ''}
          </Button>
        }
      />
      {own.fields.length > 0 || spans.length > 0 ? (
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
        <LaterMenu
          of={columnChoices}
          given={{ offered: columns, cols: search.cols, onChange: cols => set({ cols }) }}
          target={
            <Button variant="default" size="compact-md" leftSection={<IconColumns3 size={17} aria-hidden />}>
              {t('columns.open')}
            </Button>
          }
        />
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
        {sheet === 'own' ? (
          <OwnFilters object={object} search={search} opened onSet={set} onClose={() => setSheet(null)} />
        ) : null}
      </Suspense>
    </div>
  );
}
