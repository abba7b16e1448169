// The fields of a webhook. What was typed is kept as a draft, but for addresses and secrets, which open doors.
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Calls } from '../calls.ts';
import { Problem } from '../problem.ts';
import { SelectField, TextField } from '../ui/fields.tsx';
import { focusOnDesk } from '../ui/focus.ts';
import { Form } from '../ui/ime.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './alerts.module.css';
import { HookDangers } from './HookDangers.tsx';
import type { Hook } from './Hooks.tsx';
import { KindFields } from './KindFields.tsx';

const formats = ['latchkey', 'wecom', 'dingtalk', 'feishu'] as const;
type Body = Calls['POST /alerts/hooks']['body'];
export type Kinds = NonNullable<Body['kinds']>;

type Fields = {
  name: string;
  format: (typeof formats)[number];
  some: boolean;
  kinds: Kinds;
  ownNetwork: boolean;
  active: boolean;
};
const blank: Fields = {
  name: '',
  format: 'latchkey',
  some: false,
  kinds: [],
  ownNetwork: false,
  active: true,
};

type HookFormProps = {
  hook: Hook | null;
  onSecret: (made: { name: string; secret: string }) => void;
  onDone: () => void;
};

export function HookForm({ hook, onSecret, onDone }: HookFormProps) {
  const { t } = useWords('alerts');
  const start = hook ? { ...blank, ...pick(hook), some: hook.kinds.length > 0 } : blank;
  const draft = useDraft<Fields>(`hook:${hook?.id ?? 'new'}`, start);
  const [url, setUrl] = useState('');
  const [secret, setSecret] = useState('');
  const [tried, setTried] = useState(false);
  const { name, format, some, kinds, ownNetwork, active } = draft.value;
  const after = {
    renews: [['alerts']],
    onDone: (answer: { body: { secret: string | null } }) => {
      draft.saved();
      toast(t('form.saved'));
      if (answer.body.secret) onSecret({ name: name.trim(), secret: answer.body.secret });
      else onDone();
    },
  };
  const add = useWrite('POST /alerts/hooks', after);
  const change = useWrite('PATCH /alerts/hooks/{id}', after);
  const error = hook ? change.error : add.error;
  const wrongUrl = faultOf(error, 'url');
  const urlMissing = !hook && !url.trim();
  const robot = format === 'dingtalk' || format === 'feishu';
  function submit() {
    setTried(true);
    if (!name.trim() || urlMissing || (some && kinds.length === 0)) return;
    const body = { name: name.trim(), kinds: some ? kinds : [], ownNetwork };
    const typed = {
      ...(url.trim() ? { url: url.trim() } : {}),
      ...(robot && secret.trim() ? { secret: secret.trim() } : {}),
    };
    if (hook) change.mutate({ params: { id: hook.id }, body: { ...body, ...typed, active } });
    else add.mutate({ body: { ...body, ...typed, url: url.trim(), format } });
  }
  if (!draft.ready) return <LoadingRecord />;
  return (
    <div className={css.form}>
      <Form onSubmit={submit} className={css.form}>
        <TextField
          ref={focusOnDesk}
          label={t('form.name')}
          description={t('form.name-hint')}
          required
          autoComplete="off"
          value={name}
          onValue={value => draft.set({ name: value })}
          error={tried && !name.trim() ? t('form.name-missing') : null}
        />
        <SelectField
          label={t('form.format')}
          description={t(`form.format-hint-${format}`)}
          disabled={hook !== null}
          value={format}
          onValue={value => draft.set({ format: formats.find(one => one === value) ?? 'latchkey' })}
          data={formats.map(one => ({ value: one, label: t(`format.${one}`) }))}
        />
        <TextField
          label={t('form.url')}
          description={hook ? t('form.url-keep', { url: hook.url }) : undefined}
          required={!hook}
          type="url"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="https://"
          value={url}
          onValue={setUrl}
          error={tried && urlMissing ? t('form.url-missing') : wrongUrl}
        />
        {robot ? (
          <TextField
            label={t('form.secret')}
            description={hook?.signed ? t('form.secret-keep') : t('form.secret-hint')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={secret}
            onValue={setSecret}
          />
        ) : null}
        <Checkbox
          label={t('form.own')}
          description={t('form.own-hint')}
          checked={ownNetwork}
          onChange={event => draft.set({ ownNetwork: event.currentTarget.checked })}
        />
        <KindFields
          some={some}
          kinds={kinds}
          onChange={draft.set}
          wrong={tried && some && kinds.length === 0 ? t('form.some-missing') : null}
        />
        {hook ? (
          <Checkbox
            label={t('form.active')}
            checked={active}
            onChange={event => draft.set({ active: event.currentTarget.checked })}
          />
        ) : null}
        {wrongUrl ? null : <ProblemNote error={error} />}
        <Button type="submit" loading={add.isPending || change.isPending} fullWidth>
          {t('form.save')}
        </Button>
      </Form>
      {hook ? <HookDangers hook={hook} onSecret={onSecret} onRemoved={onDone} /> : null}
    </div>
  );
}

function pick({ name, format, kinds, ownNetwork, active }: Hook) {
  return { name, format, kinds, ownNetwork, active };
}

/** What the server found wrong with a field, in its words. */
function faultOf(error: unknown, path: string): string | null {
  if (!(error instanceof Problem) || !Array.isArray(error.members.faults)) return null;
  const fault: unknown = error.members.faults.find(
    (one: unknown) => typeof one === 'object' && one !== null && 'path' in one && one.path === path,
  );
  return typeof fault === 'object' && fault !== null && 'message' in fault ? String(fault.message) : null;
}
