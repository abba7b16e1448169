// What a deal coming to a stage gives its owner to do: titles with the days until they are due.
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import type { StageForm } from './pipeline-form.ts';

type Tasks = StageForm['tasks'];
type StageTasksProps = {
  stage: StageForm;
  faults: Record<string, string>;
  onTasks: (tasks: Tasks) => void;
};

const most = 5;

export function StageTasks({ stage, faults, onTasks }: StageTasksProps) {
  const { t } = useWords('deals');
  const tasks = stage.tasks ?? [];
  const set = (key: string, change: Partial<Tasks[number]>) =>
    onTasks(tasks.map(task => (task.key === key ? { ...task, ...change } : task)));
  return (
    <>
      {tasks.map(task => (
        <div key={task.key} className={css['stage-row']}>
          <TextField
            aria-label={t('pipelines.task-title')}
            placeholder={t('pipelines.task-hint')}
            autoComplete="off"
            maxLength={300}
            value={task.title}
            onValue={title => set(task.key, { title })}
          />
          <TextField
            aria-label={t('pipelines.task-days')}
            inputMode="numeric"
            w="5.5rem"
            rightSection={t('pipelines.task-unit')}
            value={task.days}
            onValue={days => set(task.key, { days })}
            error={faults[`task.${task.key}`] && t('pipelines.task-fault')}
          />
          <ActionIcon
            variant="default"
            aria-label={t('pipelines.task-remove', { title: task.title })}
            onClick={() => onTasks(tasks.filter(one => one.key !== task.key))}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {tasks.length < most ? (
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onTasks([...tasks, { key: crypto.randomUUID(), title: '', days: '1' }])}
        >
          {t('pipelines.task-add')}
        </Button>
      ) : null}
    </>
  );
}
