// On a colleague's page: role, end, invitation and permissions beyond the role, each to be changed with a reason.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls, Role } from '../calls.ts';
import { date, dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './accounts.module.css';
import { permissionWords } from './permission.ts';

type Access = Calls['GET /people/{id}/access']['reply'];
const roles: Role[] = ['rep', 'manager', 'auditor', 'administrator'];
const renews = [['people'], ['teams'], ['roles'], ['audit']];

/** The roles that the workspace has made itself. */
function useFurtherRoles() {
  const query = useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => api('GET /roles', { signal }) });
  return (query.data?.items ?? []).filter(role => role.name !== null);
}

function useTeams() {
  const query = useQuery({ queryKey: ['teams'], queryFn: ({ signal }) => api('GET /teams', { signal }) });
  return query.data?.items ?? [];
}

export function AccessCard({ id }: { id: string }) {
  const { t } = useWords('accounts');
  const people = useWords('people');
  const { user } = useMe();
  const [changing, setChanging] = useState(false);
  const [deferring, setDeferring] = useState(false);
  const further = useFurtherRoles();
  const teams = useTeams();
  const access = useQuery({
    queryKey: ['people', 'access', id],
    queryFn: ({ signal }) => api('GET /people/{id}/access', { params: { id }, signal }),
  });
  const resend = useWrite('POST /people/{id}/invitation', {
    renews,
    onDone: () => toast(t('access.resent')),
  });
  const end = useWrite('DELETE /people/{id}/grants/{grant}', {
    renews,
    onDone: () => toast(t('access.ended')),
  });
  const { data } = access;
  if (access.isError) return <Failed error={access.error} onRetry={() => void access.refetch()} />;
  return (
    <Card title={t('access.title')} id="access">
      {data ? (
        <>
          <dl className={css.facts}>
            <div>
              <dt>{people.t('column.role')}</dt>
              <dd>{further.find(one => one.key === data.roleId)?.name ?? people.t(`role.${data.role}`)}</dd>
            </div>
            <div>
              <dt>{t('access.team')}</dt>
              <dd>{teams.find(one => one.id === data.teamId)?.name ?? t('access.no-team')}</dd>
            </div>
            <div>
              <dt>{t('access.ends')}</dt>
              <dd>{data.endsAt ? dateTime(data.endsAt) : t('access.endless')}</dd>
            </div>
            {data.invitation ? (
              <div>
                <dt>{t('access.invited')}</dt>
                <dd>{t('access.invited-until', { when: date(data.invitation.expiresAt) })}</dd>
              </div>
            ) : null}
            {data.verifyBy && !data.invitation ? (
              <div>
                <dt>{t('access.verify-by')}</dt>
                <dd>{date(data.verifyBy)}</dd>
              </div>
            ) : null}
          </dl>
          {data.grants.length > 0 ? (
            <ul className={css.grants} aria-label={t('access.grants')}>
              {data.grants.map(grant => (
                <li key={grant.id}>
                  <span>
                    {permissionWords(t, grant.action, grant.object)} · {t(`reach.${grant.reach}`)} ·{' '}
                    {grant.until ? t('requests.until', { when: dateTime(grant.until) }) : t('span.always')}
                  </span>
                  <Button
                    size="compact-md"
                    variant="default"
                    loading={end.isPending}
                    onClick={() => end.mutate({ params: { id, grant: grant.id } })}
                  >
                    {t('access.end')}
                  </Button>
                </li>
              ))}
            </ul>
          ) : null}
          <ProblemNote error={resend.error ?? end.error} />
          <div className={css.actions}>
            {user.id === id ? null : (
              <Button variant="default" onClick={() => setChanging(true)}>
                {t('access.change')}
              </Button>
            )}
            {data.verifyBy && !data.invitation && user.id !== id ? (
              <Button variant="default" onClick={() => setDeferring(true)}>
                {t('access.defer')}
              </Button>
            ) : null}
            {data.invitation ? (
              <Button
                variant="default"
                loading={resend.isPending}
                onClick={() => resend.mutate({ params: { id } })}
              >
                {t('access.resend')}
              </Button>
            ) : null}
          </div>
          <Sheet opened={deferring} onClose={() => setDeferring(false)} title={t('access.defer')}>
            {deferring ? <Defer id={id} onDone={() => setDeferring(false)} /> : null}
          </Sheet>
          <Sheet opened={changing} onClose={() => setChanging(false)} title={t('access.change')}>
            {changing ? <Change id={id} access={data} onDone={() => setChanging(false)} /> : null}
          </Sheet>
        </>
      ) : (
        <LoadingRows rows={2} />
      )}
    </Card>
  );
}

/** Another week to verify the address, for somebody whom mail does not reach just now. */
function Defer({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useWords('accounts');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim().length < 3;
  const save = useWrite('POST /people/{id}/verifying', {
    renews,
    onDone: () => {
      toast(t('access.deferred'));
      onDone();
    },
  });
  function submit() {
    setTried(true);
    if (!missing && !save.isPending) save.mutate({ params: { id }, body: { reason: reason.trim() } });
  }
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <p className="lk-hint">{t('access.defer-words')}</p>
      <TextAreaField
        label={t('access.reason')}
        value={reason}
        onValue={setReason}
        maxLength={500}
        error={tried && missing ? t('decide.reason-missing') : null}
      />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('access.save')}
      </Button>
    </Form>
  );
}

/** The end of that day on the reader's own clock. */
function endOf(day: string): string | null {
  return day ? new Date(`${day}T23:59:59`).toISOString() : null;
}

function dayOf(moment: string | null): string {
  if (!moment) return '';
  const at = new Date(moment);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function Change({ id, access, onDone }: { id: string; access: Access; onDone: () => void }) {
  const { t } = useWords('accounts');
  const people = useWords('people');
  const [role, setRole] = useState<string>(access.roleId ?? access.role);
  const [team, setTeam] = useState(access.teamId ?? '');
  const further = useFurtherRoles();
  const teams = useTeams();
  const [ends, setEnds] = useState(dayOf(access.endsAt));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const save = useWrite('PATCH /people/{id}', {
    renews,
    onDone: () => {
      toast(t('access.changed'));
      onDone();
    },
  });
  const missing = reason.trim().length < 3;
  function submit() {
    setTried(true);
    if (missing || save.isPending) return;
    const end = ends === dayOf(access.endsAt) ? {} : { endsAt: endOf(ends) };
    const own = further.find(one => one.key === role);
    const wanted = own ? { roleId: own.key } : { role: role as Role, roleId: null };
    const moved = team === (access.teamId ?? '') ? {} : { teamId: team || null };
    save.mutate({ params: { id }, body: { ...wanted, ...moved, reason: reason.trim(), ...end } });
  }
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <SelectField
        label={people.t('column.role')}
        description={people.t(`about.${further.find(one => one.key === role)?.base ?? (role as Role)}`)}
        value={role}
        onValue={setRole}
        data={[
          ...roles.map(value => ({ value: value as string, label: people.t(`role.${value}`) })),
          ...further.map(one => ({ value: one.key, label: one.name ?? '' })),
        ]}
      />
      <SelectField
        label={t('access.team')}
        description={t('access.team-hint')}
        value={team}
        onValue={setTeam}
        data={[
          { value: '', label: t('access.no-team') },
          ...teams.map(one => ({ value: one.id, label: one.name })),
        ]}
      />
      <TextField
        type="date"
        label={t('access.ends')}
        description={t('access.ends-hint')}
        value={ends}
        onValue={setEnds}
      />
      <TextAreaField
        label={t('access.reason')}
        description={t('access.reason-hint')}
        value={reason}
        onValue={setReason}
        maxLength={500}
        error={tried && missing ? t('decide.reason-missing') : null}
      />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('access.save')}
      </Button>
    </Form>
  );
}
