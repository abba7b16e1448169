// Search, filters and order of the console of people; they live in the address.
import { getRouteApi } from '@tanstack/react-router';
import type { Calls } from '../calls.ts';
import { SelectField } from '../ui/fields.tsx';
import { Filters, trimmed } from '../ui/filters.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useWords } from '../words.ts';

type Query = NonNullable<Calls['GET /people']['query']>;
export type Sort = NonNullable<Query['sort']>;
export type State = NonNullable<Query['state']>;
export type Search = { [P in 'q' | 'state' | 'role' | 'locked' | 'sort']?: string };

const states = ['active', 'suspended', 'invited', 'expired'];
const roles = ['administrator', 'manager', 'rep', 'auditor'];
const route = getRouteApi('/people');

/** `whole` for readers who look after locks: others can neither ask for locks nor for sign-ins. */
export function PeopleFilters({ search, whole }: { search: Search; whole: boolean }) {
  const { t } = useWords('people');
  const navigate = route.useNavigate();
  const set = (change: Search) =>
    void navigate({ search: before => trimmed({ ...before, ...change }), replace: true });
  const sorts: Sort[] = whole
    ? ['createdAt', '-createdAt', 'name', '-lastSignIn', 'lastSignIn']
    : ['createdAt', 'name'];
  const said = {
    state: (value: string) => (states.includes(value) ? t(`state.${value}`) : value),
    role: (value: string) => (roles.includes(value) ? t(`role.${value}`) : value),
    locked: (value: string) => t(value === 'yes' ? 'filter.locked' : 'filter.not-locked'),
  };
  const chips = (['state', 'role', 'locked'] as const).flatMap(key => {
    const value = search[key];
    return value ? [{ key, words: said[key](value), off: () => set({ [key]: '' }) }] : [];
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
      onClear={() => set({ q: '', state: '', role: '', locked: '' })}
      lead={
        <SearchField
          label={t('filter.search')}
          placeholder={t('filter.search')}
          clearLabel={t('filter.clear-search')}
          value={search.q ?? ''}
          onSearch={q => set({ q })}
        />
      }
    >
      {named => (
        <>
          <SelectField
            {...named(t('column.state'))}
            value={search.state ?? ''}
            onValue={state => set({ state })}
            data={[
              { value: '', label: t('filter.all-states') },
              ...states.map(value => ({ value, label: t(`state.${value}`) })),
            ]}
          />
          <SelectField
            {...named(t('column.role'))}
            value={search.role ?? ''}
            onValue={role => set({ role })}
            data={[
              { value: '', label: t('filter.all-roles') },
              ...roles.map(value => ({ value, label: t(`role.${value}`) })),
            ]}
          />
          {whole ? (
            <SelectField
              {...named(t('filter.locks'))}
              value={search.locked ?? ''}
              onValue={locked => set({ locked })}
              data={[
                { value: '', label: t('filter.all-locks') },
                { value: 'yes', label: t('filter.locked') },
                { value: 'no', label: t('filter.not-locked') },
              ]}
            />
          ) : null}
          <SelectField
            {...named(t('filter.sort'))}
            value={search.sort ?? 'createdAt'}
            onValue={sort => set({ sort: sort === 'createdAt' ? '' : sort })}
            data={sorts.map(value => ({ value, label: t(`sort.${value}`) }))}
          />
        </>
      )}
    </Filters>
  );
}
