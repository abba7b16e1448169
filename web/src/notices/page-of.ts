// The page of a record that something is told of.
import type { Subject } from '../comments/MentionField.tsx';

/** As the props of a link; null where there is none. */
export function pageOf(object: (Subject & { name?: string }) | null) {
  if (object?.type === 'customer') return { to: '/customers/$id', params: { id: object.id } } as const;
  if (object?.type === 'deal') return { to: '/deals/$id', params: { id: object.id } } as const;
  if (object?.type === 'lead') return { to: '/leads/$id', params: { id: object.id } } as const;
  if (object?.type === 'order') return { to: '/orders/$id', params: { id: object.id } } as const;
  if (object?.type === 'contact')
    return { to: '/contacts', search: object.name ? { q: object.name } : {} } as const;
  return null;
}
