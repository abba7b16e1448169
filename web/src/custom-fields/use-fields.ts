// The fields that this workspace has added to an object.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { language } from '../words.ts';
import { type CustomObject, keyOf, labelOf } from './values.ts';

/** What the fields in use of every kind of record are called, by `custom.key`. */
export function useOwnNames(): Partial<Record<string, Record<string, string>>> {
  const query = useQuery({
    queryKey: ['custom-fields'],
    queryFn: ({ signal }) => api('GET /custom-fields', { query: {}, signal }),
    staleTime: 60_000,
  });
  const names: Record<string, Record<string, string>> = {};
  for (const field of query.data?.items ?? [])
    names[field.object] = { ...names[field.object], [keyOf(field)]: labelOf(field, language()) };
  return names;
}

/** Those in use that this person may see, in their order, and of them `inputs`, which he may fill in; `ready` once they are known, or cannot be had. */
export function useFields(object: CustomObject) {
  const { fields: rules } = useMe();
  const query = useQuery({
    queryKey: ['custom-fields'],
    queryFn: ({ signal }) => api('GET /custom-fields', { query: {}, signal }),
    staleTime: 60_000,
  });
  const fields = (query.data?.items ?? [])
    .filter(field => field.object === object && rules[object]?.[`custom.${field.key}`] !== 'hidden')
    .map(field => ({ ...field, label: labelOf(field, language()) }));
  const inputs = fields.filter(field => rules[object]?.[`custom.${field.key}`] !== 'read');
  return { fields, inputs, ready: !query.isPending };
}
