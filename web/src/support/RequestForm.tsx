// The form of a request: what happened, which account, and exactly what is sent along, before it is sent.
import { useId, useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { DoorProblem } from '../door/Words.tsx';
import { Form } from '../ui/ime.tsx';
import { PlainButton, PlainField } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import { deviceFacts, type Fact, labelOf, lastCheck, lastTrouble, troubleFacts } from './about.ts';
import { PlainArea, PlainChoice } from './controls.tsx';
import { PictureField, sendPicture } from './pictures.tsx';

type Body = Calls['POST /support/tickets']['body'];
const causes = ['locked', 'password', 'code', 'factor', 'permission', 'fault', 'network', 'other'] as const;

function firstCause(): Body['cause'] {
  const trouble = lastTrouble();
  if (trouble?.lock) return 'locked';
  if (trouble?.code === 'not-allowed') return 'permission';
  return trouble?.code === 'unexpected' ? 'fault' : 'locked';
}

const draftKey = 'latchkey.support.draft';

export function RequestForm({ onOpened }: { onOpened: (token: string) => void }) {
  const { t } = useWords('support');
  const [cause, setCause] = useState<Body['cause']>(firstCause);
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey) ?? '');
  const [account, setAccount] = useState('');
  const [name, setName] = useState('');
  const [contact, setContact] = useState('');
  const [picture, setPicture] = useState<File | null>(null);
  const [tried, setTried] = useState(false);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const trouble = lastTrouble();
  const parts: Record<'device' | 'error' | 'check', Fact[]> = {
    device: deviceFacts(),
    error: trouble ? troubleFacts(trouble) : [],
    check: lastCheck(),
  };
  const [without, setWithout] = useState<string[]>([]);

  function write(next: string) {
    setText(next);
    sessionStorage.setItem(draftKey, next);
  }

  async function send() {
    setTried(true);
    if (!text.trim() || working) return;
    setWorking(true);
    setError(null);
    try {
      const sent = (key: keyof typeof parts) => (without.includes(key) ? [] : parts[key]);
      const facts = { device: sent('device'), error: sent('error'), check: sent('check') };
      const opened = await api('POST /support/tickets', {
        body: { cause, text, account, name, contact, facts },
        gate: false,
      });
      sessionStorage.removeItem(draftKey);
      // The request stands; a picture that fails can be attached again on its page.
      if (picture) await sendPicture(opened.token, picture).catch(() => undefined);
      onOpened(opened.token);
    } catch (caught) {
      setError(caught);
    }
    setWorking(false);
  }

  return (
    <Form className="lk-stack" onSubmit={send}>
      {error ? <DoorProblem error={error} /> : null}
      <PlainChoice
        label={t('form.cause')}
        value={cause}
        onValue={value => setCause(value as Body['cause'])}
        choices={causes.map(one => ({ value: one, label: t(`cause.${one}`) }))}
      />
      <PlainArea
        label={t('form.text')}
        hint={t('form.text-hint')}
        value={text}
        onValue={write}
        wrong={tried && !text.trim() ? t('form.missing') : null}
      />
      <PlainField
        name="account"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        label={t('form.account')}
        hint={t('form.account-hint')}
        value={account}
        onValue={setAccount}
      />
      <PlainField name="name" autoComplete="name" label={t('form.name')} value={name} onValue={setName} />
      <PlainField
        name="contact"
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        label={t('form.contact')}
        hint={t('form.contact-hint')}
        value={contact}
        onValue={setContact}
      />
      <PictureField picture={picture} onPicture={setPicture} />
      <Along parts={parts} without={without} onWithout={setWithout} />
      <PlainButton type="submit" wide busy={working}>
        {t('form.send')}
      </PlainButton>
    </Form>
  );
}

type AlongProps = {
  parts: Record<string, Fact[]>;
  without: string[];
  onWithout: (keys: string[]) => void;
};

/** Everything that goes along, word by word; each part can be left out. */
function Along({ parts, without, onWithout }: AlongProps) {
  const { t } = useWords('support');
  const id = useId();
  return (
    <fieldset className="sup-card">
      <legend>{t('along.title')}</legend>
      <p className="lk-hint">{t('along.lead')}</p>
      {Object.entries(parts).map(([key, facts]) =>
        facts.length === 0 ? null : (
          <div key={key} className="lk-stack tight">
            <label className="lk-check" htmlFor={`${id}-${key}`}>
              <input
                id={`${id}-${key}`}
                type="checkbox"
                checked={!without.includes(key)}
                onChange={event =>
                  onWithout(
                    event.currentTarget.checked ? without.filter(one => one !== key) : [...without, key],
                  )
                }
              />
              {t(`along.${key}`)}
            </label>
            {without.includes(key) ? null : <FactList facts={facts} />}
          </div>
        ),
      )}
      <p className="lk-hint">{t('along.server')}</p>
    </fieldset>
  );
}

function FactList({ facts }: { facts: readonly Fact[] }) {
  const { t } = useWords('support');
  return (
    <dl className="sup-facts small">
      {facts.map(one => (
        <div key={one.label}>
          <dt>{labelOf(one.label, t)}</dt>
          <dd>{one.value}</dd>
        </div>
      ))}
    </dl>
  );
}
