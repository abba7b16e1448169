// The page of a record that something is told of.
type Subject = { type: 'customer' | 'contact' | 'deal' | 'lead'; id: string; name?: string };

/** As the props of a link; null where there is none. */
export function pageOf(object: Subject | null) {
  if (object?.type === 'customer') return { to: '/customers/$id', params: { id: object.id } } as const;
  if (object?.type === 'deal') return { to: '/deals/$id', params: { id: object.id } } as const;
  if (object?.type === 'contact')
    return { to: '/contacts', search: object.name ? { q: object.name } : {} } as const;
  return null;
}
