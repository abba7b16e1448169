// The rules of the pool: those of all teams, and those of a team that wants its own.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import css from '../customers/customers.module.css';
import { Card, Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRecord } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import { RuleFields } from './RuleFields.tsx';
import { formOf, type Rule, stagesIn } from './rule-form.ts';

type Kept = Calls['GET /pool/rules']['reply']['default'];

export default function RulesPage() {
  const { t } = useWords('pool');
  const sheet = useSheet();
  const query = useQuery({
    queryKey: ['pool', 'rules'],
    queryFn: ({ signal }) => api('GET /pool/rules', { signal }),
  });
  const all = query.data;
  const editable = all
    ? [
        { team: { id: 'default', name: t('rules.all') }, rule: all.default, start: all.default },
        ...all.teams.map(one => ({ ...one, start: one.rule ?? all.default })),
      ]
    : [];
  const edited = editable.find(({ team }) => sheet.is(team.id));
  return (
    <Page
      title={t('rules.title')}
      lead={t('rules.lead')}
      back={{ to: '/pool', label: t('title') }}
      width="reading"
    >
      {query.isPending ? <LoadingRecord /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {all?.mayDefault ? (
        <RuleCard name={t('rules.all')} rule={all.default} onEdit={() => sheet.open('default')} />
      ) : null}
      {all?.teams.map(({ team, rule }) => (
        <RuleCard key={team.id} name={team.name} rule={rule} inherits onEdit={() => sheet.open(team.id)} />
      ))}
      <Sheet opened={edited !== undefined} onClose={sheet.close} title={edited?.team.name ?? ''} wide>
        {edited ? (
          <RuleFields
            key={edited.team.id}
            team={edited.team.id}
            start={edited.start}
            version={edited.rule?.version ?? null}
            droppable={edited.team.id !== 'default' && edited.rule !== null}
            onDone={sheet.close}
          />
        ) : null}
      </Sheet>
    </Page>
  );
}

type RuleCardProps = { name: string; rule: Kept; inherits?: boolean; onEdit: () => void };

function RuleCard({ name, rule, inherits = false, onEdit }: RuleCardProps) {
  const { t } = useWords('pool');
  return (
    <Card
      title={name}
      aside={
        <Button
          variant="default"
          aria-haspopup="dialog"
          aria-label={t(rule ? 'rules.edit-name' : 'rules.set-name', { name })}
          onClick={onEdit}
        >
          {t(rule ? 'rules.edit' : 'rules.set')}
        </Button>
      }
    >
      {rule?.active ? (
        <Sentences rule={rule} />
      ) : (
        <p className={css.quiet}>{t(rule ? 'rules.off' : inherits ? 'rules.inherits' : 'rules.none')}</p>
      )}
    </Card>
  );
}

/** Rules as one reads them. */
function Sentences({ rule }: { rule: Rule }) {
  const { t } = useWords('pool');
  const exempt = [
    ...stagesIn(formOf(rule).exemptStages).map(stage => t(`stage.${stage}`)),
    ...(rule.exemptOpenDeals ? [t('rules.open-deals')] : []),
  ];
  const byItself = rule.idleDays !== null || rule.deallessDays !== null;
  const said = [
    byItself ? null : t('rules.said.by-hand'),
    rule.idleDays === null ? null : t('rules.said.idle', { count: rule.idleDays }),
    rule.deallessDays === null ? null : t('rules.said.dealless', { count: rule.deallessDays }),
    byItself && exempt.length > 0 ? t('rules.said.exempt', { what: exempt.join(t('rules.joint')) }) : null,
    byItself && rule.warnDays > 0 ? t('rules.said.warn', { count: rule.warnDays }) : null,
    byItself && rule.protectDays > 0 ? t('rules.said.protect', { count: rule.protectDays }) : null,
    rule.claimsPerDay === null ? null : t('rules.said.day', { count: rule.claimsPerDay }),
    rule.claimsPerWeek === null ? null : t('rules.said.week', { count: rule.claimsPerWeek }),
    rule.holdingCap === null ? null : t('rules.said.cap', { count: rule.holdingCap }),
  ].filter(sentence => sentence !== null);
  return (
    <ul>
      {said.map(sentence => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
