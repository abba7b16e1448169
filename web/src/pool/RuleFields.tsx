// Setting the rules of a pool; before they are saved the page says how many customers they would take.
import { Button } from '@mantine/core';
import { useState } from 'react';
import css from '../customers/customers.module.css';
import { stages } from '../customers/form.ts';
import own from '../leads/leads.module.css';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { faultsOf, formOf, type NumberField, type Rule, ruleOf, stagesIn } from './rule-form.ts';

type RuleFieldsProps = {
  team: string;
  /** What the form opens with: the team's rules, or those that apply to it. */
  start: Rule | null;
  /** That of the team's own rules; null where it has none. */
  version: number | null;
  droppable: boolean;
  onDone: () => void;
};

export function RuleFields({ team, start, version, droppable, onDone }: RuleFieldsProps) {
  const { t } = useWords('pool');
  // With the version it started from: what another saves meanwhile is not written over in silence.
  const draft = useDraft(`pool-rules:${team}`, { ...formOf(start), version });
  const [tried, setTried] = useState(false);
  const done = (words: string) => () => {
    draft.saved();
    toast(words);
    onDone();
  };
  const renews = [['pool']];
  const save = useWrite('PUT /pool/rules/{team}', { renews, onDone: done(t('rules.saved')) });
  const drop = useWrite('DELETE /pool/rules/{team}', { renews, onDone: done(t('rules.dropped')) });
  const preview = useWrite('POST /pool/preview');
  if (!draft.ready) return <LoadingRecord />;
  const form = draft.value;
  const faults = faultsOf(form);
  const counts = preview.data?.body;
  const isSame =
    JSON.stringify(preview.variables?.body?.rule) === JSON.stringify(faults.length ? null : ruleOf(form));
  function submit() {
    setTried(true);
    if (faults.length > 0) return;
    const body = ruleOf(form);
    // Whoever switches rules on sees first what they do.
    if (body.active && !isSame) return preview.mutate({ body: { team, rule: body } });
    save.mutate({
      params: { team },
      body,
      ...(version === null ? {} : { ifMatch: `"v${form.version ?? version}"` }),
    });
  }
  const number = (field: NumberField, hint?: string) => (
    <TextField
      label={t(`rules.${field}`)}
      {...(hint ? { description: hint } : {})}
      inputMode="numeric"
      autoComplete="off"
      value={form[field]}
      onValue={value => draft.set({ [field]: value })}
      error={tried && faults.includes(field) ? t('rules.wrong') : undefined}
    />
  );
  const check = (field: 'active' | 'exemptOpenDeals', words: string) => (
    <label className={own.check}>
      <input
        type="checkbox"
        checked={form[field] !== ''}
        onChange={event => draft.set({ [field]: event.currentTarget.checked ? 'yes' : '' })}
      />
      {words}
    </label>
  );
  const exempt = stagesIn(form.exemptStages);
  return (
    <Form onSubmit={submit} className={css.form}>
      {check('active', t('rules.active'))}
      <div className={css.pair}>
        {number('idleDays', t('rules.idle-hint'))}
        {number('deallessDays', t('rules.dealless-hint'))}
        {number('warnDays', t('rules.warn-hint'))}
        {number('protectDays', t('rules.protect-hint'))}
      </div>
      <fieldset className={own.choices}>
        <legend>{t('rules.exempt')}</legend>
        <div className={own.columns}>
          {stages.map(stage => (
            <label key={stage} className={own.check}>
              <input
                type="checkbox"
                checked={exempt.includes(stage)}
                onChange={event => {
                  const next = event.currentTarget.checked
                    ? [...exempt, stage]
                    : exempt.filter(one => one !== stage);
                  draft.set({ exemptStages: next.join(',') });
                }}
              />
              {t(`stage.${stage}`)}
            </label>
          ))}
        </div>
        {check('exemptOpenDeals', t('rules.exempt-deals'))}
      </fieldset>
      <div className={css.pair}>
        {number('claimsPerDay')}
        {number('claimsPerWeek')}
        {number('holdingCap')}
      </div>
      <p className={css.quiet}>{t('rules.empty-hint')}</p>
      {counts && isSame ? (
        <Note tone={counts.due + counts.soon > 0 ? 'warn' : 'good'}>
          {t('rules.preview', { due: counts.due, soon: counts.soon })}
        </Note>
      ) : null}
      <ProblemNote error={save.error ?? drop.error ?? preview.error} />
      <Button type="submit" loading={save.isPending || preview.isPending} fullWidth>
        {t(form.active && !isSame ? 'rules.try' : 'rules.save')}
      </Button>
      {droppable ? (
        <Button
          variant="subtle"
          color="red"
          loading={drop.isPending}
          onClick={() => drop.mutate({ params: { team } })}
          fullWidth
        >
          {t('rules.drop')}
        </Button>
      ) : null}
      <DraftNote draft={draft} />
    </Form>
  );
}
