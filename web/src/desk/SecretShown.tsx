// A password or code that was drawn for somebody, shown this once, with what to tell him.
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { dateTime } from '../formats.ts';
import { Note } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import css from './desk.module.css';
import type { Secret } from './help.ts';

type SecretShownProps = {
  secret: Secret;
  person: { name: string; email?: string };
  onDone: () => void;
};

export function SecretShown({ secret, person, onDone }: SecretShownProps) {
  const { t } = useWords('desk');
  const spaced = secret.kind === 'code' ? secret.value.replace(/(\d{4})(?=\d)/g, '$1 ') : secret.value;
  return (
    <div className={css.form}>
      <Note tone="good">{t(`secret.${secret.kind}.made`, { name: person.name })}</Note>
      <output className={css.secret} aria-label={t(`secret.${secret.kind}.label`)} data-secret={secret.value}>
        {spaced}
      </output>
      <p>{t('secret.until', { when: dateTime(secret.until) })}</p>
      <p>{t(`secret.${secret.kind}.tell`, { name: person.name })}</p>
      <p className="lk-hint">{t('secret.once')}</p>
      <CopyButton value={secret.value} timeout={3000}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            onClick={copy}
            fullWidth
          >
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
      <Button onClick={onDone} fullWidth>
        {t('secret.told')}
      </Button>
    </div>
  );
}
