// One lead: who it is, what happened, what comes next; one step away from becoming a customer.
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate, useNavigate } from '@tanstack/react-router';
import { Composer } from '../activities/Composer.tsx';
import { ComposerBar } from '../activities/ComposerBar.tsx';
import { api } from '../api.ts';
import { CustomFacts } from '../custom-fields/CustomValue.tsx';
import { useFields } from '../custom-fields/use-fields.ts';
import css from '../customers/customers.module.css';
import { CallLink, ReachRow } from '../customers/reach.tsx';
import { FilesCard } from '../files/FilesCard.tsx';
import { date, dateTime } from '../formats.ts';
import { Problem } from '../problem.ts';
import { useMe } from '../session.ts';
import { TasksCard } from '../tasks/TasksCard.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { RecordAway } from '../ui/RecordAway.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { ConvertLead } from './ConvertLead.tsx';
import { EditLead } from './EditLead.tsx';
import type { Lead } from './form.ts';
import { LeadHead } from './LeadHead.tsx';
import { LeadMenu } from './LeadMenu.tsx';
import { LeadTimeline } from './LeadTimeline.tsx';
import own from './leads.module.css';

const route = getRouteApi('/leads/$id');

export default function LeadPage() {
  const { t } = useWords('leads');
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ['leads', id],
    queryFn: ({ signal }) => api('GET /leads/{id}', { params: { id }, signal }),
  });
  if (query.data) return <Loaded lead={query.data} />;
  const mergedInto = query.error instanceof Problem ? query.error.members.mergedInto : null;
  if (typeof mergedInto === 'string') return <Navigate to="/leads/$id" params={{ id: mergedInto }} replace />;
  const words = { one: t('one'), gone: t('gone') };
  return <RecordAway query={query} words={words} back={{ to: '/leads', label: t('title') }} />;
}

function Loaded({ lead }: { lead: Lead }) {
  const { t } = useWords('leads');
  const { may } = useMe();
  const navigate = useNavigate();
  const desk = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const sheet = useSheet();
  const alive = lead.deletedAt === null;
  const writable = alive && lead.converted === null && may('update:lead');
  const followable = alive && lead.converted === null && may('create:activity');
  useShortcuts(writable ? { e: () => sheet.open('edit') } : {});
  const menu = (
    <LeadMenu
      lead={lead}
      narrow={!desk}
      onEdit={() => sheet.open('edit')}
      onConvert={() => sheet.open('convert')}
    />
  );
  return (
    <Page
      title={lead.name}
      back={{ to: '/leads', label: t('title') }}
      lead={
        <LeadHead lead={lead} editable={writable}>
          {desk ? null : menu}
        </LeadHead>
      }
      actions={desk ? menu : null}
    >
      {alive ? null : <Deleted lead={lead} />}
      {lead.converted ? <Became lead={lead} converted={lead.converted} /> : null}
      <ReachRow customer={{ ...lead, website: null, isLead: true }} />
      <div className={css.columns}>
        <div className={css.column}>
          {desk && followable ? (
            <Card title={t('compose.title')}>
              <Composer about={{ leadId: lead.id }} />
            </Card>
          ) : null}
          <LeadTimeline lead={lead} editable={alive} />
        </div>
        <div className={css.column}>
          {alive ? <FilesCard subject={{ type: 'lead', id: lead.id }} /> : null}
          <TasksCard about={{ type: 'lead', id: lead.id, name: lead.name }} editable={alive} />
          <Facts lead={lead} />
        </div>
      </div>
      {!desk && followable ? <ComposerBar party={{ ...lead, isLead: true }} /> : null}
      <EditLead lead={lead} opened={writable && sheet.is('edit')} onClose={sheet.close} />
      <ConvertLead
        lead={lead}
        opened={writable && sheet.is('convert')}
        onClose={sheet.close}
        onDone={({ customer }) => {
          toast(t('convert.done', { name: customer.name }));
          void navigate({ to: '/customers/$id', params: { id: customer.id }, replace: true });
        }}
      />
    </Page>
  );
}

function Became({ lead, converted }: { lead: Lead; converted: NonNullable<Lead['converted']> }) {
  const { t } = useWords('leads');
  const { customer, deal } = converted;
  return (
    <Note tone="good">
      <div className={own.fate}>
        <p>
          {t('became.words', {
            name: lead.name,
            who: converted.by?.name ?? '',
            when: dateTime(converted.at),
          })}
        </p>
        {customer ? (
          <Link className="lk-link" to="/customers/$id" params={{ id: customer.id }}>
            {t('became.customer', { name: customer.name })}
          </Link>
        ) : null}
        {deal ? (
          <Link className="lk-link" to="/deals/$id" params={{ id: deal.id }}>
            {t('became.deal', { name: deal.name })}
          </Link>
        ) : null}
      </div>
    </Note>
  );
}

function Deleted({ lead }: { lead: Lead }) {
  const { t } = useWords('leads');
  const { may } = useMe();
  const restore = useWrite('POST /leads/{id}/restore', {
    renews: [['leads'], ['activities']],
    onDone: () => toast(t('bin.restored', { name: lead.name })),
  });
  return (
    <>
      <Note tone="warn">
        <p>{t('bin.note', { when: lead.deletedAt ? dateTime(lead.deletedAt) : '' })}</p>
        {may('delete:lead') ? (
          <PlainButton
            look="plain"
            busy={restore.isPending}
            onClick={() => restore.mutate({ params: { id: lead.id } })}
          >
            {t('bin.restore')}
          </PlainButton>
        ) : null}
      </Note>
      <ProblemNote error={restore.error} />
    </>
  );
}

function Facts({ lead }: { lead: Lead }) {
  const { t } = useWords('leads');
  const { fields } = useFields('lead');
  const link = (href: string, words: string) => (
    <a className="lk-link" href={href}>
      {words}
    </a>
  );
  const facts: [string, React.ReactNode][] = [
    ['company', lead.company],
    ['title', lead.title],
    ['phone', lead.phone && <CallLink key="phone" customer={{ ...lead, isLead: true }} />],
    ['email', lead.email && link(`mailto:${lead.email}`, lead.email)],
    ['wechat', lead.wechat],
    ['source', lead.source],
    ['score', lead.score],
    ['city', lead.city],
    ['address', lead.address],
    ['remark', lead.remark],
    ['unqualifiedRemark', lead.unqualifiedRemark],
    ['createdAt', date(lead.createdAt)],
    ['updatedAt', dateTime(lead.updatedAt)],
  ];
  return (
    <Card title={t('facts')}>
      <dl className={css.facts}>
        {facts.map(([field, value]) =>
          value === null || value === '' ? null : (
            <div key={field}>
              <dt>{t(`field.${field}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
        <CustomFacts fields={fields} custom={lead.custom} />
      </dl>
    </Card>
  );
}
