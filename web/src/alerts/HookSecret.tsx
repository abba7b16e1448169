// A signing secret, shown once to be taken to the receiver.
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { Note } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import css from './alerts.module.css';

export function HookSecret({ name, secret, onDone }: { name: string; secret: string; onDone: () => void }) {
  const { t } = useWords('alerts');
  return (
    <div className={css.form}>
      <p>{t('secret.words', { name })}</p>
      <p className={css.secret}>{secret}</p>
      <Note tone="warn">{t('secret.once')}</Note>
      <CopyButton value={secret} timeout={3000}>
        {({ copied, copy }) => (
          <Button
            leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            onClick={copy}
            fullWidth
          >
            {copied ? t('secret.copied') : t('secret.copy')}
          </Button>
        )}
      </CopyButton>
      <Button variant="default" onClick={onDone} fullWidth>
        {t('secret.done')}
      </Button>
    </div>
  );
}
