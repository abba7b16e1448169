// A lead on a phone: who, from where, what comes next, and the call one thumb away.
import { Link } from '@tanstack/react-router';
import css from '../customers/customers.module.css';
import { Due } from '../customers/Due.tsx';
import { CallButton } from '../customers/reach.tsx';
import { useWords } from '../words.ts';
import type { Lead } from './form.ts';
import { StatusMark } from './StatusMark.tsx';

export function LeadCard({ lead }: { lead: Lead }) {
  const { t } = useWords('leads');
  const from = [lead.company, lead.source].filter(Boolean).join(' · ');
  return (
    <div className={css.card}>
      <Link to="/leads/$id" params={{ id: lead.id }} className={css['card-link'] ?? ''}>
        <strong>{lead.name}</strong>
        {from ? <span className={css.quiet}>{from}</span> : null}
        <span className={css.line}>
          <StatusMark status={lead.status} />
          <span className={css.quiet}>{lead.owner?.name ?? t('owner.none')}</span>
          {lead.nextFollowUpAt ? <Due at={lead.nextFollowUpAt} /> : null}
        </span>
      </Link>
      <CallButton customer={{ ...lead, isLead: true }} />
    </div>
  );
}
