// One's own factors as the account page knows them.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';

export type Factors = Calls['GET /factors']['reply'];
export type Factor = Factors['items'][number];

export const factorsKey = ['factors'];

export function useFactors() {
  return useQuery({ queryKey: factorsKey, queryFn: () => api('GET /factors'), staleTime: 0 });
}
