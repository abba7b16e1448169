// The first password, shown once: what to pass on and to whom.
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { Note } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import css from './people.module.css';

type HandOverProps = { name: string; email: string; password: string; onDone: () => void };

export function HandOver({ name, email, password, onDone }: HandOverProps) {
  const { t } = useWords('people');
  const words = t('hand.message', { address: location.origin, email, password });
  return (
    <div className={css.form}>
      <Note tone="good">{t('hand.added', { name })}</Note>
      <dl className={css.facts}>
        <div>
          <dt>{t('add.email')}</dt>
          <dd>{email}</dd>
        </div>
        <div>
          <dt>{t('add.password')}</dt>
          <dd className={css.mono}>{password}</dd>
        </div>
      </dl>
      <p className="lk-hint">{t('hand.once')}</p>
      <CopyButton value={words} timeout={3000}>
        {({ copied, copy }) => (
          <Button
            leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            onClick={copy}
            fullWidth
          >
            {copied ? t('hand.copied') : t('hand.copy')}
          </Button>
        )}
      </CopyButton>
      <Button variant="default" onClick={onDone} fullWidth>
        {t('hand.done')}
      </Button>
    </div>
  );
}
