// Adding an authenticator: scan or type the key, then one code shows that it works.
import { Button, CopyButton, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { Added } from './Added.tsx';
import css from './factors.module.css';
import { factorsKey } from './use-factors.ts';

export function AddTotp({ onDone }: { onDone: () => void }) {
  const { t } = useWords('factors');
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const begin = useWrite('POST /factors/totp');
  const confirm = useWrite('POST /factors/totp/confirm', { renews: [factorsKey] });
  const { mutate } = begin;
  useEffect(() => mutate({}), [mutate]);
  const begun = begin.data?.body;
  if (confirm.isSuccess) return <Added words={t('totp.added')} onDone={onDone} />;

  function submit() {
    setTried(true);
    if (code && !confirm.isPending) confirm.mutate({ body: { code, name: name.trim() } });
  }

  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <p>{t('totp.why')}</p>
      <ProblemNote error={begin.error} />
      <div className={css.qr}>
        {begun ? (
          <img src={`data:image/svg+xml;utf8,${encodeURIComponent(begun.svg)}`} alt={t('totp.qr')} />
        ) : (
          <Skeleton height={190} />
        )}
      </div>
      {begun ? (
        <>
          <p className="lk-hint">{t('totp.or-key')}</p>
          <div className={css.key}>{begun.secret.match(/.{1,4}/g)?.join(' ')}</div>
          <CopyButton value={begun.secret} timeout={3000}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? t('copied') : t('totp.copy')}
              </Button>
            )}
          </CopyButton>
        </>
      ) : null}
      <TextField
        label={t('totp.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        value={code}
        onValue={typed => setCode(typed.normalize('NFKC').replace(/\s+/g, ''))}
        error={tried && !code ? t('confirm.missing.totp') : null}
      />
      <TextField
        label={t('name.label')}
        placeholder={t('name.totp')}
        maxLength={60}
        value={name}
        onValue={setName}
      />
      <ProblemNote error={confirm.error} />
      <Button type="submit" loading={confirm.isPending} disabled={!begun}>
        {t('totp.confirm')}
      </Button>
    </Form>
  );
}
