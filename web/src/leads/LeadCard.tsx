// A lead on a phone: who, from where, what comes next, and the call one thumb away.
import { IconPencilPlus, IconPhone } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { callTo } from '../activities/calls.ts';
import css from '../customers/customers.module.css';
import { Due } from '../customers/Due.tsx';
import { CallButton } from '../customers/reach.tsx';
import { useMe } from '../session.ts';
import { SwipeRow } from '../ui/swipe.tsx';
import { useWords } from '../words.ts';
import type { Lead } from './form.ts';
import { StatusMark } from './StatusMark.tsx';

export function LeadCard({ lead }: { lead: Lead }) {
  const { t } = useWords('leads');
  const from = [lead.company, lead.source].filter(Boolean).join(' · ');
  return (
    <SwipeRow {...useSwipes(lead)}>
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
    </SwipeRow>
  );
}

/** As with customers: to the right calls, to the left writes down what was done. */
function useSwipes(lead: Lead) {
  const { t } = useWords('leads');
  const customers = useWords('customers').t;
  const { may } = useMe();
  const navigate = useNavigate();
  const { id, name, phone } = lead;
  const call = phone ? callTo({ id, name, isLead: true }, phone) : null;
  const open = lead.deletedAt === null && lead.converted === null;
  return {
    right: call
      ? {
          label: customers('reach.call'),
          icon: <IconPhone size={20} stroke={1.75} />,
          act: () => {
            call.onClick();
            location.assign(call.href);
          },
        }
      : undefined,
    left:
      open && may('create:activity')
        ? {
            label: t('compose.title'),
            icon: <IconPencilPlus size={20} stroke={1.75} />,
            act: () => void navigate({ to: '/leads/$id', params: { id }, search: { sheet: 'write' } }),
          }
        : undefined,
  };
}
