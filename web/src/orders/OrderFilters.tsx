// Kind and state of the quotes and orders, beside the filters of every list.
import { SelectField } from '../ui/fields.tsx';
import { ListFilters } from '../views/ListFilters.tsx';
import { useWords } from '../words.ts';
import { type Search, sorts, statuses } from './search.ts';

export function OrderFilters({ search }: { search: Search }) {
  const { t } = useWords('orders');
  const { kind, status, unpaid } = search;
  const known =
    kind === 'quote' || kind === 'order'
      ? statuses[kind]
      : [...new Set([...statuses.quote, ...statuses.order])];
  return (
    <ListFilters
      object="order"
      search={search}
      label={t('search.label')}
      placeholder={t('search.label')}
      said={{
        kind: value => t(`kind.${value}`),
        status: value => t(`status.${value}`),
        unpaid: () => t('filter.unpaid'),
      }}
      sorts={sorts.map(value => ({ value, label: t(`sort.${value}`) }))}
    >
      {(named, _choice, set) => (
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
        </>
      )}
    </ListFilters>
  );
}
