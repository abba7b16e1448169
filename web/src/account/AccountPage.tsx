// One's own account: state, devices, sessions, password, language.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ArrivalsCard } from '../arrivals/ArrivalsCard.tsx';
import { FactorsCard } from '../factors/FactorsCard.tsx';
import { dateTime } from '../formats.ts';
import { FamiliarNetworks } from '../networks/FamiliarNetworks.tsx';
import { saveLanguage, useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { type Language, languageNames, languages, useWords } from '../words.ts';
import css from './account.module.css';
import { ChangePassword } from './ChangePassword.tsx';
import { Devices } from './Devices.tsx';
import { PastLocks, StandingLocks } from './OwnLocks.tsx';
import { Sessions } from './Sessions.tsx';

export default function AccountPage() {
  const { t } = useWords('account');
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <OwnStatus />
      <FactorsCard />
      <ChangePassword />
      <ArrivalsCard />
      <Devices />
      <FamiliarNetworks />
      <Sessions />
    </Page>
  );
}

const shown = 6;
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
        </dl>
        <div className={css.language}>
          <SelectField
            label={t('status.language')}
            value={language}
            onValue={chosen => void saveLanguage(chosen as Language)}
            data={languages.map(value => ({ value, label: languageNames[value] }))}
          />
        </div>
      </Card>
      <Card title={t('recent.title')} flush>
        {data ? (
          <ul className={css.rows}>
            {data.recentSignIns.slice(0, shown).map(event => (
              <li key={event.at + event.outcome} className={css.row}>
                <div>
                  <strong>{t(`recent.${event.outcome === 'signed-in' ? 'good' : 'bad'}`)}</strong>
                  <span>{[event.device, event.address].filter(Boolean).join(' · ')}</span>
                </div>
                <time dateTime={event.at}>{dateTime(event.at)}</time>
              </li>
            ))}
            {data.recentSignIns.length === 0 ? <li className={css.row}>{t('recent.none')}</li> : null}
          </ul>
        ) : (
          <LoadingRows rows={3} />
        )}
      </Card>
      <PastLocks status={data} />
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
