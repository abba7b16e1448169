// The page behind an invitation: opening it changes nothing, choosing a password takes the account up (L21).
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { DoorFrame } from '../door/DoorFrame.tsx';
import { keep } from '../door/memory.ts';
import { DoorProblem } from '../door/Words.tsx';
import '../door/flow.css';
import { date } from '../formats.ts';
import { NewPasswordField } from '../passwords/NewPasswordField.tsx';
import { weakPassword } from '../problem.ts';
import { Form } from '../ui/ime.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';

type Invitation = Calls['POST /invitations/{id}/view']['reply'];

/** The token stands in the fragment, which no server and no log ever sees. */
function linked() {
  const id = decodeURIComponent(location.pathname.split('/')[2] ?? '');
  return { params: { id }, token: decodeURIComponent(location.hash.slice(1)) };
}

export function InvitationPage() {
  const { t } = useWords('invitations');
  const [{ params, token }] = useState(linked);
  const [found, setFound] = useState<Invitation | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [asked, setAsked] = useState(false);
  const [working, setWorking] = useState(false);

  useEffect(() => {
    api('POST /invitations/{id}/view', { params, body: { token }, gate: false }).then(setFound, setError);
  }, [params, token]);

  async function renew() {
    setWorking(true);
    setError(null);
    await api('POST /invitations/{id}/renewal', { params, body: { token }, gate: false }).then(
      () => setAsked(true),
      setError,
    );
    setWorking(false);
  }

  const state = found?.state ?? 'open';
  const values = { name: found?.name ?? '', workspace: found?.workspace ?? '', by: found?.invitedBy ?? '' };
  return (
    <DoorFrame
      title={t(`title.${state}`, values)}
      lead={found ? t(`lead.${state}`, { ...values, until: date(found.expiresAt) }) : null}
      foot={
        <a className="lk-link lk-tall" href="/sign-in">
          {t('to-sign-in')}
        </a>
      }
    >
      {error && !weakPassword(error) ? <DoorProblem error={error} /> : null}
      {found?.state === 'open' ? <Take invitation={found} params={params} token={token} /> : null}
      {found?.state === 'over' && !asked ? (
        <PlainButton wide busy={working} onClick={() => void renew()}>
          {t('renew')}
        </PlainButton>
      ) : null}
      {asked ? <Note tone="good">{t('renewed')}</Note> : null}
      {found?.state === 'used' ? (
        <a className="lk-button wide" href="/sign-in">
          {t('sign-in')}
        </a>
      ) : null}
    </DoorFrame>
  );
}

type TakeProps = { invitation: Invitation; params: { id: string }; token: string };

function Take({ invitation, params, token }: TakeProps) {
  const { t, language } = useWords('invitations');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const weak = weakPassword(error);

  async function submit() {
    setTried(true);
    if (!password || working) return;
    setWorking(true);
    setError(null);
    try {
      await api('POST /invitations/{id}', { params, body: { token, password, language }, gate: false });
      keep({ name: invitation.email, lock: null, flow: null });
      location.replace('/sign-in?reason=invited');
    } catch (cause) {
      setError(cause);
      setWorking(false);
    }
  }

  return (
    <Form className="lk-stack" onSubmit={submit}>
      {error && !weak ? <DoorProblem error={error} /> : null}
      <p>
        <span className="lk-hint">{t('signs-in-as')}</span>
        <br />
        <strong>{invitation.email}</strong>
      </p>
      <input
        className="lk-hidden"
        type="text"
        name="username"
        autoComplete="username"
        value={invitation.email}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <NewPasswordField
        autoFocus
        label={t('password')}
        value={password}
        onValue={setPassword}
        of={invitation}
        wrong={tried && !password ? t('missing') : weak}
      />
      <PlainButton type="submit" wide busy={working}>
        {t('take')}
      </PlainButton>
    </Form>
  );
}
