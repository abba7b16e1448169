// "Is this customer taken?" asked when name or phone has been left; the server counts and logs each question (L43).
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { Note } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import css from './customers.module.css';
import type { CustomerForm } from './form.ts';

type Found = Calls['GET /customers/duplicates']['reply'];
type Asked = { name?: string; phone?: string; email?: string };

/** Asks once for each different name and phone; a refused question is no hindrance. */
export function useDuplicates() {
  const [asked, setAsked] = useState<Asked>({});
  const query = useQuery({
    queryKey: ['customers', 'duplicates', asked],
    queryFn: ({ signal }) => api('GET /customers/duplicates', { query: asked, signal }),
    enabled: Object.keys(asked).length > 0,
    staleTime: 5 * 60_000,
    retry: false,
  });
  return {
    found: query.data,
    ask: (form: CustomerForm) => {
      const name = form.name.trim();
      const phone = form.phone.trim();
      setAsked({
        ...(name.length >= 2 ? { name } : {}),
        ...(/\d.*\d.*\d.*\d/.test(phone) ? { phone } : {}),
      });
    },
  };
}

export function DuplicateHint({ found }: { found: Found | undefined }) {
  const { t } = useWords('customers');
  if (!found?.taken) return null;
  return (
    <div className={css.hint}>
      <Note tone="warn">
        {found.owner ? t('duplicate.owned', { owner: found.owner.name }) : t('duplicate.unowned')}
      </Note>
    </div>
  );
}
