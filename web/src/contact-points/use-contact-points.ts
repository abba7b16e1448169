// One's own further addresses as the account page knows them.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';

export type ContactPoints = Calls['GET /contact-points']['reply'];
export type ContactPoint = ContactPoints['items'][number];

export const contactPointsKey = ['contact-points'];

export function useContactPoints() {
  return useQuery({ queryKey: contactPointsKey, queryFn: () => api('GET /contact-points'), staleTime: 0 });
}
