// Ten recovery codes, shown this once: copy, download or print them.
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { Note } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './factors.module.css';
import { factorsKey, useFactors } from './use-factors.ts';

export function RecoveryCodes({ onDone }: { onDone: () => void }) {
  const { t } = useWords('factors');
  const { data } = useFactors();
  const [madeAt, setMadeAt] = useState('');
  const make = useWrite('POST /factors/recovery-codes', {
    renews: [factorsKey],
    onDone: () => setMadeAt(new Date().toISOString()),
  });
  const codes = make.data?.body.codes;
  if (codes) return <Shown codes={codes} madeAt={madeAt} onDone={onDone} />;
  return (
    <div className={css.form}>
      <p>{t('recovery.why')}</p>
      {data?.recoveryCodes ? <Note tone="warn">{t('recovery.kills')}</Note> : null}
      <ProblemNote error={make.error} />
      <Button loading={make.isPending} onClick={() => make.mutate({})}>
        {t(data?.recoveryCodes ? 'recovery.renew' : 'recovery.make')}
      </Button>
    </div>
  );
}

type ShownProps = { codes: string[]; madeAt: string; onDone: () => void };

function Shown({ codes, madeAt, onDone }: ShownProps) {
  const { t } = useWords('factors');
  const { user } = useMe();
  const head = t('recovery.file-head', {
    email: user.email,
    when: dateTime(madeAt),
    address: location.origin,
  });
  const text = `${head}\n\n${codes.map((code, i) => `${String(i + 1).padStart(2)}  ${code}`).join('\n')}\n\n${t('recovery.once')}\n`;

  function download() {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'latchkey-recovery-codes.txt';
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  function print() {
    const { dataset } = document.documentElement;
    dataset.printing = 'codes';
    window.print();
    delete dataset.printing;
  }

  return (
    <div className={`${css.form} ${css.sheet}`}>
      <Note tone="warn">{t('recovery.shown-once')}</Note>
      <p className="lk-hint">{head}</p>
      <ol className={css.codes} aria-label={t('recovery.title')}>
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <p className="lk-hint">{t('recovery.once')}</p>
      <div className={css.actions}>
        <CopyButton value={text} timeout={3000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
              onClick={copy}
            >
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />} onClick={download}>
          {t('download')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={print}>
          {t('print')}
        </Button>
      </div>
      <div className={css.actions}>
        <Button onClick={onDone}>{t('recovery.kept')}</Button>
      </div>
    </div>
  );
}
