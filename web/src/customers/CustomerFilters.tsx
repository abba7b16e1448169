// Search, filters and order of the customer list; they live in the address, so that "back" brings them back.
import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Filters, trimmed } from '../ui/filters.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { ownSort } from '../views/own-sort.ts';
import { useWords } from '../words.ts';
import css from './customers.module.css';
import { type Customer, stages } from './form.ts';
import { type FilterKey, filterKeys, type Search, sorts } from './search.ts';
import { gather } from './seen.ts';
import { useOwners } from './use-owners.ts';

const route = getRouteApi('/customers');

export function CustomerFilters({ search, shown }: { search: Search; shown: Customer[] }) {
  const { t } = useWords('customers');
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
    stage: value => t(`stage.${value}`),
    level: value => `${t('field.level')} ${value}`,
    source: value => value,
    tag: value => `#${value}`,
  };
  const chips = filterKeys.flatMap(key => {
    const value = search[key];
    return value ? [{ key, words: said[key](value), off: () => set({ [key]: '' }) }] : [];
  });
  const free = (key: 'level' | 'source' | 'tag', words: string[]) => ({
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
            {...named(t('field.stage'))}
            value={search.stage ?? ''}
            onValue={stage => set({ stage })}
            data={[
              { value: '', label: t('filter.all-stages') },
              ...stages.map(stage => ({ value: stage, label: t(`stage.${stage}`) })),
            ]}
          />
          <SelectField {...named(t('field.level'))} {...free('level', seen.level)} />
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
