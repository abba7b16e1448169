// Shaping a pipeline: its stages in their order, what each asks for and when deals count as ageing there.
import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import type { Pipeline } from './form.ts';
import { bodyOf, faultsOf, formOf, moved, requiredFields, type StageForm } from './pipeline-form.ts';
import { StageTasks } from './StageTasks.tsx';

type PipelineFormProps = { pipeline: Pipeline | null; pattern: Pipeline | null; onDone: () => void };

export function PipelineForm({ pipeline, pattern, onDone }: PipelineFormProps) {
  const { t } = useWords('deals');
  const [tried, setTried] = useState(false);
  const draft = useDraft(`pipeline:${pipeline?.id ?? 'new'}`, formOf(pipeline, pattern));
  const after = {
    renews: [['pipelines'], ['deals']],
    onDone: () => {
      draft.saved();
      toast(t('pipelines.saved'));
      onDone();
    },
  };
  const add = useWrite('POST /pipelines', after);
  const save = useWrite('PUT /pipelines/{id}', after);
  const remove = useWrite('DELETE /pipelines/{id}', after);
  if (!draft.ready) return <LoadingRecord />;
  const form = draft.value;
  const faults = tried ? faultsOf(form) : {};
  const set = (place: number, change: Partial<StageForm>) =>
    draft.set(before => ({
      ...before,
      stages: before.stages.map((stage, i) => (i === place ? { ...stage, ...change } : stage)),
    }));
  const open = form.stages.filter(stage => stage.kind === 'open').length;
  function submit() {
    setTried(true);
    if (Object.keys(faultsOf(form)).length > 0) return;
    const body = bodyOf(form);
    if (pipeline) save.mutate({ params: { id: pipeline.id }, body, ifMatch: `"v${form.version}"` });
    else add.mutate({ body });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <TextField
        label={t('pipelines.name')}
        required
        value={form.name}
        onValue={name => draft.set({ name })}
        error={faults.name && t('fault.missing')}
      />
      <Checkbox
        label={t('pipelines.is-default')}
        checked={form.isDefault}
        disabled={pipeline?.isDefault ?? false}
        onChange={event => draft.set({ isDefault: event.currentTarget.checked })}
      />
      {form.stages.map((stage, place) => (
        <fieldset key={stage.key} className={css.stage}>
          <legend className={css.quiet}>{t(`kind.${stage.kind}`)}</legend>
          <div className={css['stage-row']}>
            <TextField
              aria-label={t('pipelines.stage-name')}
              value={stage.name}
              onValue={name => set(place, { name })}
              error={faults[`name.${place}`] && t(`fault.${faults[`name.${place}`] ?? 'missing'}`)}
            />
            {stage.kind === 'open' ? (
              <>
                <ActionIcon
                  variant="default"
                  aria-label={t('pipelines.up', { stage: stage.name })}
                  disabled={place === 0}
                  onClick={() =>
                    draft.set(before => ({ ...before, stages: moved(before.stages, place, -1) }))
                  }
                >
                  <IconArrowUp size={18} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  aria-label={t('pipelines.down', { stage: stage.name })}
                  disabled={place >= open - 1}
                  onClick={() => draft.set(before => ({ ...before, stages: moved(before.stages, place, 1) }))}
                >
                  <IconArrowDown size={18} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  aria-label={t('pipelines.leave-out', { stage: stage.name })}
                  disabled={open === 1}
                  onClick={() =>
                    draft.set(before => ({ ...before, stages: before.stages.filter((_, i) => i !== place) }))
                  }
                >
                  <IconTrash size={18} aria-hidden />
                </ActionIcon>
              </>
            ) : null}
          </div>
          {stage.kind === 'open' ? (
            <div className={css.pair}>
              <TextField
                label={t('pipelines.probability')}
                inputMode="numeric"
                value={stage.probability}
                onValue={probability => set(place, { probability })}
                error={faults[`probability.${place}`] && t('fault.percent')}
              />
              <TextField
                label={t('pipelines.ageing')}
                inputMode="numeric"
                placeholder={t('pipelines.never')}
                value={stage.ageingDays}
                onValue={ageingDays => set(place, { ageingDays })}
                error={faults[`ageingDays.${place}`] && t('fault.days')}
              />
            </div>
          ) : null}
          {stage.kind === 'lost' ? null : (
            <div className={css.asks}>
              <span className={css.quiet}>{t('pipelines.asks')}</span>
              {requiredFields.map(field => (
                <Checkbox
                  key={field}
                  label={t(`field.${field}`)}
                  checked={stage.requiredFields.includes(field)}
                  onChange={event =>
                    set(place, {
                      requiredFields: event.currentTarget.checked
                        ? [...stage.requiredFields, field]
                        : stage.requiredFields.filter(one => one !== field),
                    })
                  }
                />
              ))}
            </div>
          )}
          <StageTasks stage={stage} faults={faults} onTasks={tasks => set(place, { tasks })} />
        </fieldset>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        onClick={() =>
          draft.set(before => ({
            ...before,
            stages: before.stages.toSpliced(open, 0, {
              key: crypto.randomUUID(),
              id: '',
              name: '',
              kind: 'open',
              probability: '50',
              ageingDays: '',
              requiredFields: [],
              tasks: [],
            }),
          }))
        }
      >
        {t('pipelines.add-stage')}
      </Button>
      <ProblemNote error={add.error ?? save.error ?? remove.error} />
      {(add.error ?? save.error ?? remove.error) ? <p className={css.quiet}>{t('pipelines.held')}</p> : null}
      <Button type="submit" loading={add.isPending || save.isPending} fullWidth>
        {t('pipelines.save')}
      </Button>
      {pipeline && !pipeline.isDefault ? (
        <Button
          variant="subtle"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params: { id: pipeline.id } })}
        >
          {t('pipelines.remove')}
        </Button>
      ) : null}
      <DraftNote draft={draft} />
    </Form>
  );
}
