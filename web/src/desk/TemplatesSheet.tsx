// The workspace's own reasons for common cases, in both languages.
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { useMe } from '../session.ts';
import { SelectField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './desk.module.css';
import type { Action } from './help.ts';

type Template = Calls['GET /desk/templates']['reply']['items'][number];
const actions: Action[] = [
  'lift',
  'unlock-code',
  'initial-password',
  'reset-factors',
  'end-sessions',
  'verify-again',
  'suspend',
  'resume',
];

export function TemplatesSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords('desk');
  const query = useQuery({
    queryKey: ['desk', 'templates'],
    queryFn: () => api('GET /desk/templates'),
    enabled: opened,
  });
  return (
    <Sheet opened={opened} onClose={onClose} title={t('templates.title')} wide>
      {query.data ? <Editor items={query.data.items} onClose={onClose} /> : <LoadingRows rows={4} />}
    </Sheet>
  );
}

function Editor({ items, onClose }: { items: Template[]; onClose: () => void }) {
  const { t } = useWords('desk');
  const { may } = useMe();
  const [rows, setRows] = useState(() => items.map((item, key) => ({ key, ...item })));
  const save = useWrite('PUT /desk/templates', {
    renews: [['desk', 'templates']],
    onDone: () => {
      onClose();
      toast(t('templates.saved'));
    },
  });
  const change = (key: number, part: Partial<Template>) =>
    setRows(before => before.map(row => (row.key === key ? { ...row, ...part } : row)));
  const whole = rows.filter(row => row.words.en.trim() && row.words['zh-CN'].trim());
  return (
    <Form
      className={css.form}
      onSubmit={() => save.mutate({ body: { items: whole.map(({ action, words }) => ({ action, words })) } })}
    >
      <p className="lk-hint">{t('templates.hint')}</p>
      {rows.map(row => (
        <fieldset key={row.key} className={css.template} disabled={!may('configure:policy')}>
          <SelectField
            aria-label={t('templates.action')}
            value={row.action}
            onValue={action => change(row.key, { action: action as Action })}
            data={actions.map(action => ({ value: action, label: t(`action.${action}.title`) }))}
          />
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={t('templates.remove')}
            onClick={() => setRows(before => before.filter(one => one.key !== row.key))}
          >
            <IconTrash size={18} />
          </ActionIcon>
          <TextField
            aria-label={t('templates.zh')}
            placeholder={t('templates.zh')}
            lang="zh-CN"
            value={row.words['zh-CN']}
            onValue={text => change(row.key, { words: { ...row.words, 'zh-CN': text } })}
          />
          <TextField
            aria-label={t('templates.en')}
            placeholder={t('templates.en')}
            lang="en"
            value={row.words.en}
            onValue={text => change(row.key, { words: { ...row.words, en: text } })}
          />
        </fieldset>
      ))}
      <ProblemNote error={save.error} />
      {may('configure:policy') ? (
        <div className="lk-row">
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() =>
              setRows(before => [
                ...before,
                {
                  key: Math.max(0, ...before.map(row => row.key)) + 1,
                  action: 'lift',
                  words: { en: '', 'zh-CN': '' },
                },
              ])
            }
          >
            {t('templates.add')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('templates.save')}
          </Button>
        </div>
      ) : null}
    </Form>
  );
}
