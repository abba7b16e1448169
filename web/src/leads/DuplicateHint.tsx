// "Is this one taken?" asked when company, phone or e-mail has been left; each question is counted and logged (L43).
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import css from '../customers/customers.module.css';
import { Note } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import type { LeadForm } from './form.ts';

type Asked = { company?: string; phone?: string; email?: string };

/** Asks once for each different company, phone and address; a refused question is no hindrance. */
export function useDuplicates() {
  const [asked, setAsked] = useState<Asked>({});
  const query = useQuery({
    queryKey: ['leads', 'duplicates', asked],
    queryFn: ({ signal }) => api('GET /leads/duplicates', { query: asked, signal }),
    enabled: Object.keys(asked).length > 0,
    staleTime: 5 * 60_000,
    retry: false,
  });
  return {
    found: query.data,
    ask: (form: LeadForm) => {
      const [company, phone, email] = [form.company.trim(), form.phone.trim(), form.email.trim()];
      setAsked({
        ...(company.length >= 2 ? { company } : {}),
        ...(/\d.*\d.*\d.*\d/.test(phone) ? { phone } : {}),
        ...(/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/.test(email) ? { email } : {}),
      });
    },
  };
}

export function DuplicateHint({ found }: { found: ReturnType<typeof useDuplicates>['found'] }) {
  const { t } = useWords('leads');
  if (!found || found.taken === 'no') return null;
  return (
    <div className={css.hint}>
      <Note tone="warn">
        {found.owner
          ? t(`duplicate.${found.taken}-owned`, { owner: found.owner.name })
          : t(`duplicate.${found.taken}-unowned`)}
      </Note>
    </div>
  );
}
