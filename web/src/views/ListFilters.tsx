// The filters of a list of records, which stand in its address: search, owner and order are the same everywhere.
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useOwners } from '../customers/use-owners.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Filters, type Named, trimmed } from '../ui/filters.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useWords } from '../words.ts';
import { ownSort } from './own-sort.ts';
import { useFurther } from './use-further.ts';
import type { Search, ViewObject } from './view.ts';
import css from './views.module.css';

type ListFiltersProps = {
  object: ViewObject;
  search: Search;
  /** What the search field is called, and what one may type. */
  label: string;
  placeholder: string;
  /** The list's own filters that are set, in words, by their key. */
  said?: Record<string, (value: string) => string>;
  /** Orders with their words, the usual one first. */
  sorts: { value: string; label: string }[];
  /** The list’s own filters: `choice('stage')` binds one to the address, `set` changes several members of it at once. */
  children?: (
    named: Named,
    choice: (key: string) => { value: string; onValue: (value: string) => void },
    set: (change: Search) => void,
  ) => ReactNode;
};

export function ListFilters({
  object,
  search,
  label,
  placeholder,
  said = {},
  sorts,
  children,
}: ListFiltersProps) {
  const { t } = useWords('views');
  const { user } = useMe();
  const { owners, nameOf } = useOwners();
  const navigate = useNavigate();
  // It serves every list, so the router cannot know the search of the one it is on: hence the cast.
  const go = (to: Search) => void navigate({ to: '.', search: trimmed(to), replace: true } as never);
  const set = (change: Search) => go({ ...search, ...change });
  const choice = (key: string) => ({
    value: search[key] ?? '',
    onValue: (value: string) => set({ [key]: value }),
  });
  const whose = (value: string) =>
    value === 'me'
      ? t('list.mine')
      : value === 'none'
        ? t('list.nobody')
        : (nameOf(value) ?? t('list.owner'));
  const chips = Object.entries({ owner: whose, ...said }).flatMap(([key, words]) => {
    const value = search[key];
    return value ? [{ key, words: words(value), off: () => set({ [key]: '' }) }] : [];
  });
  const further = useFurther(object, search);
  for (const { key, words } of further) chips.push({ key, words, off: () => set({ [key]: '' }) });
  if (search.custom) chips.push({ key: 'custom', words: t('list.custom'), off: () => set({ custom: '' }) });
  const usual = sorts[0]?.value ?? '';
  const stay = ['q', 'sort', 'cols'];
  return (
    <Filters
      words={{
        open: t('list.open'),
        done: t('list.done'),
        clear: t('list.clear'),
        off: filter => t('list.off', { filter }),
      }}
      chips={chips}
      onClear={() => go(Object.fromEntries(stay.map(key => [key, search[key]])))}
      lead={
        <SearchField
          label={label}
          placeholder={placeholder}
          clearLabel={t('list.clear-search')}
          value={search.q ?? ''}
          onSearch={q => set({ q })}
        />
      }
    >
      {named => (
        <>
          {owners.length > 1 ? (
            <SelectField
              {...named(t('list.owner'))}
              {...choice('owner')}
              data={[
                { value: '', label: t('list.all-owners') },
                { value: 'me', label: t('list.mine') },
                { value: 'none', label: t('list.nobody') },
                ...owners
                  .filter(owner => owner.id !== user.id)
                  .map(owner => ({ value: owner.id, label: owner.name })),
              ]}
            />
          ) : null}
          {children?.(named, choice, set)}
          <SelectField
            {...named(t('list.sort'))}
            className={css.sort ?? ''}
            value={search.sort ?? usual}
            onValue={sort => set({ sort: sort === usual ? '' : sort })}
            data={[...sorts, ...ownSort(search.sort)]}
          />
        </>
      )}
    </Filters>
  );
}

/** Choices of a filter by free words: whichever, those seen so far, and the one that is set. */
export function anyOf(whichever: string, words: string[], chosen: string | undefined) {
  const all = new Set([...words, ...(chosen ? [chosen] : [])]);
  return [{ value: '', label: whichever }, ...[...all].map(word => ({ value: word, label: word }))];
}
