// A write as a hook: one idempotency key until the server has answered, then the lists it touches are read anew.
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { type Answer, apiAnswer, type CallOptions, isPassing, newKey } from '../api.ts';
import type { Calls } from '../calls.ts';

type After<K extends keyof Calls> = {
  /** Query keys to read anew, e.g. `[['customers']]`. */
  renews?: QueryKey[];
  onDone?: (answer: Answer<Calls[K]['reply']>) => void | Promise<void>;
};

/**
 * `const save = useWrite('POST /customers', { renews: [['customers']] }); save.mutate({ body })`.
 * Saving again after a lost connection sends the same key, so the server acts once; `save.error` goes to ProblemNote.
 */
export function useWrite<K extends keyof Calls>(call: K, after: After<K> = {}) {
  const queries = useQueryClient();
  const held = useRef<{ print: string; key: string } | null>(null);
  return useMutation<Answer<Calls[K]['reply']>, Error, CallOptions<Calls[K]>>({
    networkMode: 'always',
    mutationFn: async options => {
      const { signal: _signal, raw: _raw, ...rest } = options;
      const print = JSON.stringify(rest);
      if (held.current?.print !== print) held.current = { print, key: newKey() };
      const send = apiAnswer as (
        call: K,
        options: CallOptions<Calls[K]>,
      ) => Promise<Answer<Calls[K]['reply']>>;
      try {
        const answer = await send(call, { key: held.current.key, ...options });
        held.current = null;
        return answer;
      } catch (error) {
        // A gateway that gave up says nothing of what the server behind it has done.
        if (!isPassing(error)) held.current = null;
        throw error;
      }
    },
    onSuccess: async answer => {
      await after.onDone?.(answer);
      await Promise.all((after.renews ?? []).map(queryKey => queries.invalidateQueries({ queryKey })));
    },
  });
}
