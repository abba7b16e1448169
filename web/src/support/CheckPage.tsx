// The connection check: says in words what is wrong with the way to the server, and what to do; works without signing in.
import { useEffect, useRef, useState } from 'react';
import { DoorFrame } from '../door/DoorFrame.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { CheckIcon, WarnIcon } from '../ui/plain-icons.tsx';
import { loadAnew } from '../version.ts';
import { useWords } from '../words.ts';
import { type Fact, keepCheck, labelOf } from './about.ts';
import { measure, rounds } from './connection.ts';
import './support.css';
import { copyText } from './talk.ts';
import { type Finding, findingsOf } from './verdicts.ts';

export function CheckPage() {
  const { t } = useWords('support');
  const [done, setDone] = useState(0);
  const [findings, setFindings] = useState<Finding[] | null>(null);
  const [copied, setCopied] = useState(false);
  const running = useRef(false);

  function run() {
    if (running.current) return;
    running.current = true;
    setFindings(null);
    setCopied(false);
    setDone(0);
    void measure(setDone).then(measured => {
      running.current = false;
      setFindings(findingsOf(measured));
    });
  }
  useEffect(run, []);

  const facts: Fact[] = (findings ?? []).map(one => ({
    label: one.what,
    value: t(`check.says.${one.what}.${one.says}`, one.values),
  }));
  const worst = findings?.some(one => one.tone === 'bad')
    ? 'bad'
    : findings?.some(one => one.tone === 'warn')
      ? 'warn'
      : 'good';
  useEffect(() => {
    if (findings) keepCheck(facts);
  });

  async function copy() {
    const text = facts.map(one => `${labelOf(one.label, t)}: ${one.value}`).join('\n');
    setCopied(await copyText(text));
  }

  return (
    <DoorFrame
      title={t('check.title')}
      lead={t('check.lead')}
      wide="a-little"
      foot={
        <a className="lk-link lk-tall" href="/sign-in">
          {t('to-sign-in')}
        </a>
      }
    >
      <div className="lk-stack">
        <div aria-live="polite">
          {findings ? (
            <Note tone={worst === 'good' ? 'good' : worst}>{t(`check.result.${worst}`)}</Note>
          ) : (
            <div className="lk-stack">
              <p>{t('check.running', { done, all: rounds })}</p>
              <progress className="sup-progress" max={rounds} value={done} aria-label={t('check.title')} />
            </div>
          )}
        </div>
        {findings ? <Findings findings={findings} /> : null}
        {findings ? (
          <div className="lk-row">
            <PlainButton look="plain" onClick={run}>
              {t('check.again')}
            </PlainButton>
            <PlainButton look="plain" onClick={() => void copy()}>
              {copied ? t('copied') : t('check.copy')}
            </PlainButton>
            <a className="lk-button" href="/support">
              {t('check.attach')}
            </a>
          </div>
        ) : null}
        <section className="sup-card">
          <h2>{t('check.anew')}</h2>
          <p className="lk-hint">{t('check.anew-why')}</p>
          <PlainButton look="plain" onClick={() => void loadAnew()}>
            {t('check.anew-act')}
          </PlainButton>
        </section>
      </div>
    </DoorFrame>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useWords('support');
  return (
    <ul className="sup-findings">
      {findings.map(one => {
        const Icon = one.tone === 'good' ? CheckIcon : WarnIcon;
        const key = `${one.what}.${one.says}`;
        return (
          <li key={one.what} data-tone={one.tone}>
            <Icon size={20} />
            <div>
              <strong>{t(`check.what.${one.what}`)}</strong>
              <p>{t(`check.says.${key}`, one.values)}</p>
              {one.tone === 'good' ? null : <p className="lk-hint">{t(`check.do.${key}`, one.values)}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
