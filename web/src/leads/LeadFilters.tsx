// Search, filters and order of the lead list; they live in the address, so that "back" brings them back.
import { getRouteApi } from '@tanstack/react-router';
import css from '../customers/customers.module.css';
import { useOwners } from '../customers/use-owners.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Filters, trimmed } from '../ui/filters.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { ownSort } from '../views/own-sort.ts';
import { useWords } from '../words.ts';
import { type Lead, statuses } from './form.ts';
import { type FilterKey, filterKeys, type Search, sorts } from './search.ts';
import { gather } from './seen.ts';

const route = getRouteApi('/leads');

export function LeadFilters({ search, shown }: { search: Search; shown: Lead[] }) {
  const { t } = useWords('leads');
  const { user } = useMe();
  const navigate = route.useNavigate();
  const { owners, nameOf } = useOwners();
  const seen = gather(shown);
  const set = (change: Search) =>
    void navigate({ search: before => trimmed({ ...before, ...change }), replace: true });
  const said: Record<FilterKey, (value: string) => string> = {
    owner: value =>
      value === 'me'
        ? t('filter.mine')
        : value === 'none'
          ? t('filter.nobody')
          : (nameOf(value) ?? t('field.ownerId')),
    status: value => (value === 'all' ? t('filter.all-statuses') : t(`status.${value}`)),
    source: value => value,
    tag: value => `#${value}`,
  };
  const chips = filterKeys.flatMap(key => {
    const value = search[key];
    return value ? [{ key, words: said[key](value), off: () => set({ [key]: '' }) }] : [];
  });
  const free = (key: 'source' | 'tag', words: string[]) => ({
    value: search[key] ?? '',
    onValue: (value: string) => set({ [key]: value }),
    data: [
      { value: '', label: t(`filter.all-${key}`) },
      ...[...new Set([...words, ...(search[key] ? [search[key]] : [])])].map(word => ({
        value: word,
        label: word,
      })),
    ],
  });
  return (
    <Filters
      words={{
        open: t('filter.open'),
        done: t('filter.done'),
        clear: t('filter.clear'),
        off: filter => t('filter.off', { filter }),
      }}
      chips={chips}
      onClear={() =>
        void navigate({
          search: before => ({
            ...(before.q ? { q: before.q } : {}),
            ...(before.sort ? { sort: before.sort } : {}),
          }),
          replace: true,
        })
      }
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
                { value: '', label: t('filter.all-owners') },
                { value: 'me', label: t('filter.mine') },
                { value: 'none', label: t('filter.nobody') },
                ...owners
                  .filter(owner => owner.id !== user.id)
                  .map(owner => ({ value: owner.id, label: owner.name })),
              ]}
            />
          ) : null}
          <SelectField
            {...named(t('field.status'))}
            value={search.status ?? ''}
            onValue={status => set({ status })}
            data={[
              { value: '', label: t('filter.open-statuses') },
              { value: 'all', label: t('filter.all-statuses') },
              ...statuses.map(status => ({ value: status, label: t(`status.${status}`) })),
            ]}
          />
          <SelectField {...named(t('field.source'))} {...free('source', seen.source)} />
          <SelectField {...named(t('field.tags'))} {...free('tag', seen.tags)} />
          <SelectField
            {...named(t('sort.label'))}
            className={css.sort ?? ''}
            value={search.sort ?? '-updatedAt'}
            onValue={sort => set({ sort: sort === '-updatedAt' ? '' : sort })}
            data={[
              ...sorts.map(sort => ({ value: sort, label: t(`sort.${sort}`) })),
              ...ownSort(search.sort),
            ]}
          />
        </>
      )}
    </Filters>
  );
}
