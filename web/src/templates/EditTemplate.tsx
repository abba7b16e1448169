// One message: its words, what may stand in them, how it will look, and the way back.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import factorsCss from '../factors/factors.module.css';
import { TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { type Template, templatesKey } from './TemplatesPage.tsx';
import css from './templates.module.css';

export function EditTemplate({ item, onDone }: { item: Template; onDone: () => void }) {
  const { t } = useWords('templates');
  const { channel, template, language } = item;
  const [subject, setSubject] = useState(item.text.subject);
  const [body, setBody] = useState(item.text.paragraphs.join('\n\n'));
  const text = {
    subject,
    paragraphs: body
      .split(/\n{2,}/)
      .map(part => part.trim())
      .filter(Boolean),
  };
  const which = { channel, template, language };
  const holes = (values: string[]) => values.map(value => `{{${value}}}`).join('  ');
  const done = (words: string) => () => {
    toast(words);
    onDone();
  };
  const save = useWrite('PUT /message-templates', { renews: [templatesKey], onDone: done(t('saved')) });
  const reset = useWrite('PUT /message-templates', { renews: [templatesKey], onDone: done(t('was-reset')) });
  const preview = useMutation({
    networkMode: 'always',
    mutationFn: () => api('POST /message-templates/preview', { body: { ...which, text } }),
  });
  return (
    <Form
      className={factorsCss.form ?? ''}
      onSubmit={() => {
        if (!save.isPending) save.mutate({ body: { ...which, text } });
      }}
    >
      {channel === 'email' ? (
        <TextField label={t('subject')} maxLength={200} value={subject} onValue={setSubject} />
      ) : null}
      <TextAreaField
        label={t('text')}
        description={t(channel === 'sms' ? 'sms-hint' : 'text-hint')}
        value={body}
        onValue={setBody}
        maxLength={8_000}
      />
      <p className={`lk-hint ${css.values}`}>{t('values', { values: holes(item.values) })}</p>
      {item.vital.length > 0 ? <p className="lk-hint">{t('vital', { values: holes(item.vital) })}</p> : null}
      <ProblemNote error={save.error ?? reset.error ?? preview.error} />
      {preview.data ? (
        <div className={css.preview}>
          {preview.data.subject ? <strong>{preview.data.subject}</strong> : null}
          <p>{preview.data.body}</p>
        </div>
      ) : null}
      <div className={css.actions}>
        <Button type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
        <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
          {t('preview')}
        </Button>
        {item.own ? (
          <Button
            variant="default"
            loading={reset.isPending}
            onClick={() => reset.mutate({ body: { ...which, text: null } })}
          >
            {t('reset')}
          </Button>
        ) : null}
      </div>
    </Form>
  );
}
