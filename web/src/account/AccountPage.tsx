// One's own account: state, devices, sessions, password, language.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { permissionWords } from '../accounts/permission.ts';
import { api } from '../api.ts';
import { ArrivalsCard } from '../arrivals/ArrivalsCard.tsx';
import type { Calls } from '../calls.ts';
import { ContactPointsCard } from '../contact-points/ContactPointsCard.tsx';
import { FactorsCard } from '../factors/FactorsCard.tsx';
import { date } from '../formats.ts';
import { FamiliarNetworks } from '../networks/FamiliarNetworks.tsx';
import { NoticeSettings } from '../notices/NoticeSettings.tsx';
import { QuestionsCard } from '../questions/QuestionsCard.tsx';
import { saveLanguage, useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Failed } from '../ui/states.tsx';
import { type Language, languageNames, languages, useWords } from '../words.ts';
import css from './account.module.css';
import { ChangePassword } from './ChangePassword.tsx';
import { Devices } from './Devices.tsx';
import { Improve } from './Improve.tsx';
import { PastLocks, StandingLocks } from './OwnLocks.tsx';
import { Sessions } from './Sessions.tsx';
import { TimeLine } from './TimeLine.tsx';

export default function AccountPage() {
  const { t } = useWords('account');
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <OwnStatus />
      <FactorsCard />
      <ContactPointsCard />
      <QuestionsCard />
      <NoticeSettings />
      <ChangePassword />
      <ArrivalsCard />
      <Devices />
      <FamiliarNetworks />
      <Sessions />
    </Page>
  );
}

const states = ['active', 'invited', 'expired', 'suspended', 'locked'];

function OwnStatus() {
  const { t, language } = useWords('account');
  const shell = useWords('shell');
  const { user, workspace } = useMe();
  const status = useQuery({ queryKey: ['status'], queryFn: () => api('GET /status') });
  if (status.isError) return <Failed error={status.error} onRetry={() => void status.refetch()} />;
  const { data } = status;
  return (
    <>
      <StandingLocks status={data} />
      <Improve status={data} />
      <Card title={t('status.title')}>
        <dl className={css.facts}>
          <Fact name={t('status.name')} value={user.name} />
          <Fact name={t('status.email')} value={user.email} />
          <Fact name={t('status.workspace')} value={workspace.name} />
          <Fact name={t('status.role')} value={shell.t(`role.${user.role}`)} />
          <Fact
            name={t('status.state')}
            value={data ? t(`state.${states.includes(data.state) ? data.state : 'other'}`) : '…'}
          />
          {data ? <More status={data} /> : null}
        </dl>
        <div className={css.language}>
          <SelectField
            label={t('status.language')}
            value={language}
            onValue={chosen => void saveLanguage(chosen as Language)}
            data={languages.map(value => ({ value, label: languageNames[value] }))}
          />
        </div>
        <p className={css.onward}>
          <Link className="lk-link lk-tall" to="/requests">
            {t('status.requests')}
          </Link>
        </p>
      </Card>
      <TimeLine status={data} />
      <PastLocks status={data} />
    </>
  );
}

function More({ status }: { status: Calls['GET /status']['reply'] }) {
  const { t } = useWords('account');
  const accounts = useWords('accounts');
  const { endsAt, passwordDueAt, grants } = status;
  return (
    <>
      <Fact name={t('status.verified')} value={t(status.verified.email ? 'status.yes' : 'status.no')} />
      {endsAt ? <Fact name={t('status.ends')} value={date(endsAt)} /> : null}
      {passwordDueAt ? <Fact name={t('status.due')} value={date(passwordDueAt)} /> : null}
      <Fact name={t('status.factors')} value={String(status.factors)} />
      <Fact name={t('status.devices')} value={String(status.devices)} />
      <Fact name={t('status.sessions')} value={String(status.sessions)} />
      {grants.length > 0 ? (
        <Fact
          name={t('status.grants')}
          value={grants
            .map(grant => permissionWords(accounts.t, grant.action, grant.object))
            .join(accounts.t('glue'))}
        />
      ) : null}
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
