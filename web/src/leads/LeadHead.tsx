// Under the name: how far the lead has come (changed in place), owner, next follow-up, tags.
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import css from '../customers/customers.module.css';
import { Due } from '../customers/Due.tsx';
import { SelectField, TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { currentIn } from './EditLead.tsx';
import { type Lead, openStatuses, type Reason, reasons } from './form.ts';
import { StatusMark } from './StatusMark.tsx';

type LeadHeadProps = { lead: Lead; editable: boolean; children?: React.ReactNode };

export function LeadHead({ lead, editable, children }: LeadHeadProps) {
  const { t } = useWords('leads');
  const [asking, setAsking] = useState(false);
  const save = useStatus(lead, () => setAsking(false));
  const pending = save.isPending ? save.variables.body?.status : undefined;
  return (
    <div className={css.head}>
      <div className={css['head-row']}>
        {editable && lead.converted === null ? (
          <SelectField
            aria-label={t('field.status')}
            className={css['stage-field'] ?? ''}
            value={pending ?? lead.status}
            onValue={chosen => {
              const status = openStatuses.find(one => one === chosen);
              if (status === 'unqualified') setAsking(true);
              else if (status) save.choose({ status });
            }}
            data={openStatuses.map(status => ({ value: status, label: t(`status.${status}`) }))}
          />
        ) : (
          <StatusMark status={lead.status} />
        )}
        {children}
      </div>
      <p className={css['head-facts']}>
        <span>
          <span className={css.quiet}>{t('field.ownerId')} </span>
          {lead.owner?.name ?? t('owner.none')}
        </span>
        {lead.nextFollowUpAt ? (
          <span>
            <span className={css.quiet}>{t('next')} </span>
            <Due at={lead.nextFollowUpAt} />
          </span>
        ) : null}
        {lead.unqualifiedReason ? (
          <span>
            <span className={css.quiet}>{t('field.unqualifiedReason')} </span>
            {t(`reason.${lead.unqualifiedReason}`)}
          </span>
        ) : null}
      </p>
      {lead.tags.length > 0 ? (
        <ul className={css.tags} aria-label={t('field.tags')}>
          {lead.tags.map(tag => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      ) : null}
      {save.error && !asking ? <ProblemNote error={save.error} /> : null}
      <Sheet opened={asking} onClose={() => setAsking(false)} title={t('unqualify.title')}>
        <UnqualifyForm lead={lead} save={save} />
      </Sheet>
    </div>
  );
}

type StatusChange = {
  status: (typeof openStatuses)[number];
  unqualifiedReason?: Reason;
  unqualifiedRemark?: string | null;
};

// A status is a word of its own: where only other fields changed meanwhile, it is put over the newer version.
function useStatus(lead: Lead, onDone: () => void) {
  const { t } = useWords('leads');
  const queries = useQueryClient();
  const save = useWrite('PATCH /leads/{id}', {
    renews: [['leads']],
    onDone: ({ body }) => {
      queries.setQueryData(['leads', lead.id], body);
      toast(t('status-saved', { status: t(`status.${body.status}`) }));
      onDone();
    },
  });
  function choose(body: StatusChange, version = lead.version, after?: () => void) {
    save.mutate(
      { params: { id: lead.id }, body, ifMatch: `"v${version}"` },
      {
        onSuccess: () => after?.(),
        onError: error => {
          const current = currentIn(error);
          if (!current) return;
          queries.setQueryData(['leads', lead.id], current);
          if (current.status === lead.status && version === lead.version)
            choose(body, current.version, after);
        },
      },
    );
  }
  return { ...save, choose };
}

function UnqualifyForm({ lead, save }: { lead: Lead; save: ReturnType<typeof useStatus> }) {
  const { t } = useWords('leads');
  const [tried, setTried] = useState(false);
  const draft = useDraft(`lead-unqualify:${lead.id}`, { reason: '', remark: '' });
  const { value, set } = draft;
  const reason = reasons.find(one => one === value.reason);
  function submit() {
    setTried(true);
    if (!reason) return;
    const body = {
      status: 'unqualified',
      unqualifiedReason: reason,
      unqualifiedRemark: value.remark.trim() || null,
    } as const;
    save.choose(body, lead.version, () => draft.saved());
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <p>{t('unqualify.words')}</p>
      <SelectField
        label={t('field.unqualifiedReason')}
        required
        value={value.reason}
        onValue={chosen => set({ reason: chosen })}
        error={tried && !reason ? t('fault.missing') : undefined}
        data={[
          { value: '', label: t('choose') },
          ...reasons.map(one => ({ value: one, label: t(`reason.${one}`) })),
        ]}
      />
      <TextAreaField
        label={t('field.unqualifiedRemark')}
        value={value.remark}
        onValue={remark => set({ remark })}
      />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('unqualify.save')}
      </Button>
    </Form>
  );
}
