// A pipeline as its form holds it: numbers as typed; and what of it goes to the server.
import type { Calls } from '../calls.ts';
import { type Pipeline, percentIn, type RequiredField, type Stage } from './form.ts';

type Body = Calls['POST /pipelines']['body'];

export const requiredFields: RequiredField[] = ['amount', 'expectedOn', 'contactId', 'source', 'nextStep'];

export type StageForm = {
  /** Names the row while it is edited; a new stage has no id yet. */
  key: string;
  id: string;
  name: string;
  kind: Stage['kind'];
  probability: string;
  ageingDays: string;
  requiredFields: RequiredField[];
  /** What a deal coming there gives to do, and within how many days. */
  tasks: { key: string; title: string; days: string }[];
};
export type PipelineForm = { name: string; isDefault: boolean; version: number; stages: StageForm[] };

/** A pipeline as its form shows it; a new one begins with the stages of the pattern. */
export function formOf(pipeline: Pipeline | null, pattern: Pipeline | null): PipelineForm {
  const shown = pipeline ?? pattern;
  return {
    name: pipeline?.name ?? '',
    isDefault: pipeline?.isDefault ?? false,
    version: pipeline?.version ?? 0,
    stages: (shown?.stages ?? []).map(stage => ({
      key: stage.id,
      id: pipeline ? stage.id : '',
      name: stage.name,
      kind: stage.kind,
      probability: String(stage.probability),
      ageingDays: stage.ageingDays === null ? '' : String(stage.ageingDays),
      requiredFields: stage.requiredFields,
      tasks: (stage.tasks ?? []).map((task, place) => ({
        key: `${stage.id} ${place}`,
        title: task.title,
        days: String(task.days),
      })),
    })),
  };
}

/** Days until a task of a stage is due, from 0 to 365; null for anything else. */
export function taskDaysIn(text: string): number | null {
  const tidy = text.normalize('NFKC').trim();
  const days = /^\d{1,3}$/.test(tidy) ? Number(tidy) : Number.NaN;
  return days <= 365 ? days : null;
}

/** A whole number of days from 1 to 3650; null for nothing, undefined for anything else. */
export function daysIn(text: string): number | null | undefined {
  const tidy = text.normalize('NFKC').trim();
  if (tidy === '') return null;
  const value = /^\d{1,4}$/.test(tidy) ? Number(tidy) : 0;
  return value >= 1 && value <= 3650 ? value : undefined;
}

/** The stages with one a place up or down. */
export function moved<T>(stages: T[], place: number, step: -1 | 1): T[] {
  const next = [...stages];
  const [stage] = next.splice(place, 1);
  if (stage !== undefined) next.splice(place + step, 0, stage);
  return next;
}

/** What is wrong before it is sent: `name`, `name.<place>`, `probability.<place>`, `ageingDays.<place>`. */
export function faultsOf(form: PipelineForm): Record<string, 'missing' | 'wrong' | 'twice'> {
  const faults: Record<string, 'missing' | 'wrong' | 'twice'> = {};
  if (!form.name.trim()) faults.name = 'missing';
  form.stages.forEach((stage, place) => {
    const name = stage.name.trim();
    if (!name) faults[`name.${place}`] = 'missing';
    else if (form.stages.some((other, i) => i < place && other.name.trim() === name))
      faults[`name.${place}`] = 'twice';
    for (const task of stage.tasks ?? [])
      if (task.title.trim() && taskDaysIn(task.days) === null) faults[`task.${task.key}`] = 'wrong';
    if (stage.kind !== 'open') return;
    if (percentIn(stage.probability) === null) faults[`probability.${place}`] = 'wrong';
    if (daysIn(stage.ageingDays) === undefined) faults[`ageingDays.${place}`] = 'wrong';
  });
  return faults;
}

/** A pipeline as the server wants it. */
export function bodyOf(form: PipelineForm): Body {
  return {
    name: form.name.trim(),
    isDefault: form.isDefault,
    stages: form.stages.map(stage => ({
      ...(stage.id ? { id: stage.id } : {}),
      name: stage.name.trim(),
      kind: stage.kind,
      probability: percentIn(stage.probability) ?? 0,
      ageingDays: daysIn(stage.ageingDays) ?? null,
      requiredFields: stage.requiredFields,
      tasks: (stage.tasks ?? []).flatMap(({ title, days }) =>
        title.trim() ? [{ title: title.trim(), days: taskDaysIn(days) ?? 0 }] : [],
      ),
    })),
  };
}
