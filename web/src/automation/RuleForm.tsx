// The editor of a rule: when, if, then; before it is kept one may look what it would have done.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../problem.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { ActionFields } from './ActionFields.tsx';
import css from './automation.module.css';
import { EventFields } from './EventFields.tsx';
import {
  actionsOf,
  blankAction,
  type RuleForm as Fields,
  faultsOf,
  formOf,
  inputOf,
  type Rule,
} from './form.ts';
import { PreviewResult } from './PreviewResult.tsx';
import { TestFields } from './TestFields.tsx';
import { useNames } from './use-names.ts';

type RuleFormProps = { rule: Rule | null; start: Fields; draftKey: string; onDone: () => void };

export function RuleForm({ rule, start, draftKey, onDone }: RuleFormProps) {
  const { t } = useWords('automation');
  const names = useNames();
  // With the version it started from: what another saves meanwhile is not written over in silence.
  const draft = useDraft<Fields & { version?: number }>(
    draftKey,
    rule ? { ...formOf(rule), version: rule.version } : start,
  );
  const [tried, setTried] = useState(false);
  const after = {
    renews: [['automations']],
    onDone: () => {
      draft.saved();
      toast(t('form.saved'));
      onDone();
    },
  };
  const add = useWrite('POST /automations', after);
  const save = useWrite('PUT /automations/{id}', after);
  const preview = useWrite('POST /automations/preview');
  if (!draft.ready) return <LoadingRecord />;
  const form = draft.value;
  const faults = faultsOf(form);
  const isWrong = (path: string) => tried && faults.includes(path);
  const good = () => {
    setTried(true);
    return faults.length === 0;
  };
  function submit() {
    if (!good()) return;
    const body = inputOf(form);
    if (rule) save.mutate({ params: { id: rule.id }, body, ifMatch: `"v${form.version ?? rule.version}"` });
    else add.mutate({ body });
  }
  function look() {
    if (good()) preview.mutate({ body: { rule: inputOf(form), days: 30 } });
  }
  const error = add.error ?? save.error ?? preview.error;
  const isOld = error instanceof Problem && error.status === 412;
  return (
    <Form onSubmit={submit} className={css.form}>
      <TextField
        label={t('form.name')}
        value={form.name}
        onValue={name => draft.set({ name })}
        error={isWrong('name') ? t('form.missing') : undefined}
        autoComplete="off"
      />
      <EventFields form={form} set={draft.set} names={names} isWrong={isWrong} />
      <TestFields form={form} set={draft.set} names={names} isWrong={isWrong} />
      <fieldset className={css.part}>
        <legend>{t('form.then')}</legend>
        {form.actions.map((action, at) => (
          <ActionFields
            // biome-ignore lint/suspicious/noArrayIndexKey: actions are known by their place alone.
            key={at}
            object={form.object}
            action={action}
            names={names}
            wrong={isWrong(`actions.${at}`)}
            onChange={change =>
              draft.set(before => ({
                ...before,
                actions: before.actions.map((one, place) => (place === at ? { ...one, ...change } : one)),
              }))
            }
            onRemove={() =>
              draft.set(before => ({ ...before, actions: before.actions.filter((_, place) => place !== at) }))
            }
          />
        ))}
        {isWrong('actions') ? <p className={css.wrong}>{t('form.no-action')}</p> : null}
        <SelectField
          label={t('form.add-action')}
          value=""
          onValue={kind => {
            const found = actionsOf(form.object, names.mayHook).find(one => one === kind);
            if (found) draft.set({ actions: [...form.actions, blankAction(found)] });
          }}
          data={[
            { value: '', label: t('form.choose') },
            ...actionsOf(form.object, names.mayHook).map(kind => ({
              value: kind,
              label: t(`action.${kind}`),
            })),
          ]}
        />
      </fieldset>
      <label className={css.check}>
        <input
          type="checkbox"
          checked={form.active}
          onChange={event => draft.set({ active: event.currentTarget.checked })}
        />
        {t('form.active')}
      </label>
      {preview.data ? <PreviewResult found={preview.data.body} /> : null}
      {tried && faults.length > 0 ? <Note tone="warn">{t('form.incomplete')}</Note> : null}
      {isOld ? <Note tone="warn">{t('form.old')}</Note> : <ProblemNote error={error} />}
      <div className={css.buttons}>
        <Button variant="default" loading={preview.isPending} onClick={look}>
          {t('form.try')}
        </Button>
        <Button type="submit" loading={add.isPending || save.isPending}>
          {t('form.save')}
        </Button>
      </div>
      <DraftNote draft={draft} />
    </Form>
  );
}
