// Filters of the lead list beyond those of every list; they live in the address, so that "back" brings them back.
import { SelectField } from '../ui/fields.tsx';
import { anyOf, ListFilters } from '../views/ListFilters.tsx';
import { useWords } from '../words.ts';
import { type Lead, statuses } from './form.ts';
import { type Search, sorts } from './search.ts';
import { gather } from './seen.ts';

export function LeadFilters({ search, shown }: { search: Search; shown: Lead[] }) {
  const { t } = useWords('leads');
  const seen = gather(shown);
  return (
    <ListFilters
      object="lead"
      search={search}
      label={t('search.label')}
      placeholder={t('search.placeholder')}
      said={{
        status: value => (value === 'all' ? t('filter.all-statuses') : t(`status.${value}`)),
        source: value => value,
        tag: value => `#${value}`,
      }}
      sorts={sorts.map(value => ({ value, label: t(`sort.${value}`) }))}
    >
      {(named, choice) => (
        <>
          <SelectField
            {...named(t('field.status'))}
            {...choice('status')}
            data={[
              { value: '', label: t('filter.open-statuses') },
              { value: 'all', label: t('filter.all-statuses') },
              ...statuses.map(status => ({ value: status, label: t(`status.${status}`) })),
            ]}
          />
          <SelectField
            {...named(t('field.source'))}
            {...choice('source')}
            data={anyOf(t('filter.all-source'), seen.source, search.source)}
          />
          <SelectField
            {...named(t('field.tags'))}
            {...choice('tag')}
            data={anyOf(t('filter.all-tag'), seen.tags, search.tag)}
          />
        </>
      )}
    </ListFilters>
  );
}
