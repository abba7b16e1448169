// A new intake key; its address is shown this once, with examples that can be copied.
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { curlExample, formExample } from './examples.ts';
import css from './intake.module.css';
import { KeyForm } from './KeyForm.tsx';

const blank = { name: '', source: '', filesAs: 'customer', ownerId: '', origins: '' };
type Made = { url: string; hasSites: boolean };

export function NewKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords('intake');
  const [made, setMade] = useState<Made | null>(null);
  const drop = useRef<() => void>(() => {});
  const save = useWrite('POST /intake-keys', {
    renews: [['intake', 'keys']],
    onDone: ({ body }) => {
      drop.current();
      setMade({ url: body.url, hasSites: body.origins.length > 0 });
    },
  });
  function close() {
    setMade(null);
    onClose();
  }
  return (
    <Sheet opened={opened} onClose={close} title={t(made ? 'made.title' : 'keys.new')} wide={made !== null}>
      {made ? (
        <HandOut {...made} onDone={close} />
      ) : (
        <KeyForm
          draftKey="intake-key:new"
          start={blank}
          team={null}
          act={t('key.make')}
          busy={save.isPending}
          error={save.error}
          onSubmit={(body, dropDraft) => {
            drop.current = dropDraft;
            save.mutate({ body });
          }}
        />
      )}
    </Sheet>
  );
}

function HandOut({ url, hasSites, onDone }: Made & { onDone: () => void }) {
  const { t } = useWords('intake');
  const words = {
    name: t('made.form.name'),
    company: t('made.form.company'),
    phone: t('made.form.phone'),
    email: t('made.form.email'),
    message: t('made.form.message'),
    send: t('made.form.send'),
    thanks: t('made.form.thanks'),
    failed: t('made.form.failed'),
  };
  return (
    <div className={css.form}>
      <Note tone="warn">{t('made.once')}</Note>
      <Copied title={t('made.address')} text={url} />
      <Copied title={t('made.curl')} text={curlExample(url)} />
      <Copied
        title={t('made.html')}
        hint={hasSites ? t('made.html-hint') : t('made.html-closed')}
        text={formExample(url, words)}
      />
      <Button onClick={onDone} fullWidth>
        {t('made.done')}
      </Button>
    </div>
  );
}

function Copied({ title, hint, text }: { title: string; hint?: string; text: string }) {
  const { t } = useWords('intake');
  return (
    <section className={css.copied}>
      <div className={css['copied-head']}>
        <h3>{title}</h3>
        <CopyButton value={text} timeout={3000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="sm"
              aria-label={t('made.copy-what', { what: title })}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={copy}
            >
              {t(copied ? 'made.copied' : 'made.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      {hint ? <p className="lk-hint">{hint}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}
