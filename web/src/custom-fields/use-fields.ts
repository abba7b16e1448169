// The fields that this workspace has added to an object.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { language } from '../words.ts';
import { type CustomObject, labelOf } from './values.ts';

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
