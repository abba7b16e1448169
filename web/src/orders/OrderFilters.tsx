// Search, kind, state, owner and order of the quotes and orders.
import { getRouteApi } from '@tanstack/react-router';
import { useOwners } from '../customers/use-owners.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Filters, trimmed } from '../ui/filters.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { ownSort } from '../views/own-sort.ts';
import { useWords } from '../words.ts';
import { type Search, sorts, statuses } from './search.ts';

const route = getRouteApi('/orders');

export function OrderFilters({ search }: { search: Search }) {
  const { t } = useWords('orders');
  const { user } = useMe();
  const navigate = route.useNavigate();
  const { owners, nameOf } = useOwners();
  const set = (change: Search) =>
    void navigate({ search: before => trimmed({ ...before, ...change }), replace: true });
  const { kind, status, owner, unpaid } = search;
  const known =
    kind === 'quote' || kind === 'order'
      ? statuses[kind]
      : [...new Set([...statuses.quote, ...statuses.order])];
  const ownerWords =
    owner === 'me' ? t('filter.mine') : owner === 'none' ? t('owner.none') : nameOf(owner ?? '');
  const chips = [
    { key: 'kind', words: kind ? t(`kind.${kind}`) : '', off: () => set({ kind: '', status: '' }) },
    { key: 'status', words: status ? t(`status.${status}`) : '', off: () => set({ status: '' }) },
    { key: 'owner', words: owner ? (ownerWords ?? t('field.ownerId')) : '', off: () => set({ owner: '' }) },
    { key: 'unpaid', words: unpaid ? t('filter.unpaid') : '', off: () => set({ unpaid: '' }) },
  ].filter(chip => chip.words);
  return (
    <Filters
      words={{
        open: t('filter.open'),
        done: t('filter.done'),
        clear: t('filter.clear'),
        off: filter => t('filter.off', { filter }),
      }}
      chips={chips}
      onClear={() => void navigate({ search: {}, replace: true })}
      lead={
        <SearchField
          label={t('search.label')}
          placeholder={t('search.label')}
          clearLabel={t('search.clear')}
          value={search.q ?? ''}
          onSearch={q => set({ q })}
        />
      }
    >
      {named => (
        <>
          <SelectField
            {...named(t('field.kind'))}
            value={kind ?? ''}
            onValue={value => set({ kind: value, status: '' })}
            data={[
              { value: '', label: t('filter.all-kinds') },
              { value: 'quote', label: t('kind.quote') },
              { value: 'order', label: t('kind.order') },
            ]}
          />
          <SelectField
            {...named(t('field.status'))}
            value={unpaid ? 'unpaid' : (status ?? '')}
            onValue={value =>
              set(value === 'unpaid' ? { unpaid: 'true', status: '' } : { unpaid: '', status: value })
            }
            data={[
              { value: '', label: t('filter.all-states') },
              ...known.map(one => ({ value: one, label: t(`status.${one}`) })),
              { value: 'unpaid', label: t('filter.unpaid') },
            ]}
          />
          {owners.length > 1 ? (
            <SelectField
              {...named(t('field.ownerId'))}
              value={owner ?? ''}
              onValue={value => set({ owner: value })}
              data={[
                { value: '', label: t('filter.all-owners') },
                { value: 'me', label: t('filter.mine') },
                { value: 'none', label: t('owner.none') },
                ...owners.filter(one => one.id !== user.id).map(one => ({ value: one.id, label: one.name })),
              ]}
            />
          ) : null}
          <SelectField
            {...named(t('sort.label'))}
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
