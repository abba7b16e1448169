// Own fields in histories and in the journal: what `custom.key` is called, and its value as a reader wants it.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { language } from '../words.ts';
import { CustomValue } from './CustomValue.tsx';
import { type CustomField, keyOf, labelOf } from './values.ts';

type Own = { name: string; value: (value: unknown) => React.ReactNode };

/** Of a field as the journal names it, archived ones included; undefined for one that is no own field, or gone. */
export function useOwnWords(object: string | undefined): (field: string) => Own | undefined {
  const query = useQuery({
    queryKey: ['custom-fields', 'all'],
    queryFn: ({ signal }) => api('GET /custom-fields', { query: { archived: 'true' }, signal }),
    staleTime: 60_000,
  });
  const fields = query.data?.items ?? [];
  const find = (name: string): CustomField | undefined =>
    fields.find(one => keyOf(one) === name && one.object === object);
  return name => {
    const field = name.startsWith('custom.') ? find(name) : undefined;
    if (!field) return undefined;
    return {
      name: labelOf(field, language()),
      value: value =>
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? (
          <CustomValue field={field} value={value} />
        ) : null,
    };
  };
}
