// Filters of the customer list beyond those of every list; they live in the address, so that "back" brings them back.
import { SelectField } from '../ui/fields.tsx';
import { anyOf, ListFilters } from '../views/ListFilters.tsx';
import { useWords } from '../words.ts';
import { type Customer, stages } from './form.ts';
import { type Search, sorts } from './search.ts';
import { gather } from './seen.ts';

export function CustomerFilters({ search, shown }: { search: Search; shown: Customer[] }) {
  const { t } = useWords('customers');
  const seen = gather(shown);
  return (
    <ListFilters
      object="customer"
      search={search}
      label={t('search.label')}
      placeholder={t('search.placeholder')}
      said={{
        stage: value => t(`stage.${value}`),
        level: value => `${t('field.level')} ${value}`,
        source: value => value,
        tag: value => `#${value}`,
      }}
      sorts={sorts.map(value => ({ value, label: t(`sort.${value}`) }))}
    >
      {(named, choice) => (
        <>
          <SelectField
            {...named(t('field.stage'))}
            {...choice('stage')}
            data={[
              { value: '', label: t('filter.all-stages') },
              ...stages.map(stage => ({ value: stage, label: t(`stage.${stage}`) })),
            ]}
          />
          <SelectField
            {...named(t('field.level'))}
            {...choice('level')}
            data={anyOf(t('filter.all-level'), seen.level, search.level)}
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
