// A task as a form holds it: texts as typed; and what of it goes to the server.
import type { Calls } from '../calls.ts';
import { localTime, moment } from '../customers/form.ts';

export type Task = Calls['GET /tasks/{id}']['reply'];
export type Kind = Task['kind'];
export type About = { type: NonNullable<Task['about']>['type']; id: string };
type NewTask = Calls['POST /tasks']['body'];
type Patch = Calls['PATCH /tasks/{id}']['body'];

export const kinds: Kind[] = ['todo', 'call', 'meeting', 'visit', 'email'];
export const priorities: Task['priority'][] = ['high', 'normal', 'low'];
/** Minutes before it is due that are offered for a reminder. */
export const reminders = ['0', '10', '30', '60', '1440'];
export const repeats = ['day', 'week', 'month'] as const;

/** All texts, so that two versions can be laid side by side. */
export type TaskForm = {
  title: string;
  note: string;
  kind: Kind;
  priority: Task['priority'];
  /** As `<input type="date">` and `<input type="time">` have them; without a time the whole day is meant. */
  day: string;
  time: string;
  remind: string;
  repeat: '' | (typeof repeats)[number];
  step: string;
  /** Monday is 1; separated by commas. */
  weekdays: string;
  after: 'due' | 'done';
  ownerId: string;
};

export const blank: TaskForm = {
  title: '',
  note: '',
  kind: 'todo',
  priority: 'normal',
  day: '',
  time: '',
  remind: '',
  repeat: '',
  step: '1',
  weekdays: '',
  after: 'due',
  ownerId: '',
};

export const formFields = Object.keys(blank) as (keyof TaskForm)[];

/** The day that is so many days away, as a date field has it. */
export function dayIn(days: number, now: number = Date.now()): string {
  const at = new Date(now);
  return localTime(new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).toISOString()).slice(0, 10);
}

/** Whole days until Monday of next week. */
export function daysToMonday(now: number = Date.now()): number {
  return 8 - (new Date(now).getDay() || 7);
}

/** The browser's own time zone, in which its days and hours are meant. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A task as its form shows it. */
export function formOf(task: Task): TaskForm {
  const at = localTime(task.dueAt);
  return {
    title: task.title,
    note: task.note ?? '',
    kind: task.kind,
    priority: task.priority,
    day: task.dueOn ?? at.slice(0, 10),
    time: at.slice(11, 16),
    remind: task.remindBefore === null ? '' : String(task.remindBefore),
    repeat: task.repeat?.every ?? '',
    step: String(task.repeat?.step ?? 1),
    weekdays: (task.repeat?.weekdays ?? []).join(','),
    after: task.repeat?.after ?? 'due',
    ownerId: task.owner?.id ?? '',
  };
}

const due = (form: TaskForm) =>
  form.day === ''
    ? { dueOn: null, dueAt: null }
    : form.time === ''
      ? { dueOn: form.day, dueAt: null }
      : { dueOn: null, dueAt: moment(`${form.day}T${form.time}`) };

/** How often it comes; NaN for what is no number. */
export const stepOf = (form: TaskForm): number => {
  const tidy = form.step.normalize('NFKC').trim();
  const step = /^\d{1,2}$/.test(tidy) ? Number(tidy) : Number.NaN;
  return step >= 1 ? step : Number.NaN;
};

const repeat = (form: TaskForm) =>
  form.repeat === '' || form.day === ''
    ? null
    : {
        every: form.repeat,
        step: stepOf(form),
        weekdays: form.repeat === 'week' && form.weekdays ? form.weekdays.split(',').map(Number) : [],
        after: form.after,
      };

const sent = (form: TaskForm) => ({
  title: form.title.trim(),
  note: form.note.trim() || null,
  kind: form.kind,
  priority: form.priority,
  ...due(form),
  remindBefore: form.remind === '' || form.day === '' ? null : Number(form.remind),
  repeat: repeat(form),
});

/** What a new task is made of; an owner left empty is whoever is signed in. */
export function bodyOf(form: TaskForm, about: About | null): NewTask {
  const filled = Object.entries(sent(form)).filter(([, value]) => value !== null);
  return {
    ...(Object.fromEntries(filled) as Omit<NewTask, 'custom'>),
    zone: zone(),
    ...(about ? { about: { type: about.type, id: about.id } } : {}),
    ...(form.ownerId ? { ownerId: form.ownerId } : {}),
  };
}

/** What differs between two states of a form, as the server wants it. */
export function patchOf(before: TaskForm, after: TaskForm): Patch {
  const [was, is] = [sent(before), sent(after)];
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(is) as (keyof typeof is)[])
    if (JSON.stringify(was[key]) !== JSON.stringify(is[key])) patch[key] = is[key];
  if (before.ownerId !== after.ownerId) patch.ownerId = after.ownerId || null;
  if ('dueOn' in patch || 'dueAt' in patch || 'repeat' in patch)
    Object.assign(patch, { zone: zone(), ...due(after) });
  return patch as Patch;
}

export type Faults = Partial<Record<keyof TaskForm, 'missing' | 'wrong'>>;

/** What is wrong with a form before it is sent, by field. */
export function faultsOf(form: TaskForm): Faults {
  const needsDay = form.day === '' && (form.time !== '' || form.repeat !== '' || form.remind !== '');
  return {
    ...(form.title.trim() ? {} : { title: 'missing' }),
    ...(needsDay ? { day: 'missing' } : {}),
    ...(form.repeat !== '' && Number.isNaN(stepOf(form)) ? { step: 'wrong' } : {}),
  };
}

/** The moment by which a task is due: the end of its day, or its time. */
export function dueMoment(task: Pick<Task, 'dueOn' | 'dueAt'>): string | null {
  if (task.dueAt) return task.dueAt;
  return task.dueOn ? moment(`${task.dueOn}T23:59`) : null;
}

/** Put off by so many days from today; a moment keeps its time of day. */
export function postponed(task: Pick<Task, 'dueAt'>, days: number): Patch {
  const day = dayIn(days);
  return task.dueAt
    ? { dueAt: moment(`${day}T${localTime(task.dueAt).slice(11, 16)}`), dueOn: null, zone: zone() }
    : { dueOn: day, dueAt: null, zone: zone() };
}
