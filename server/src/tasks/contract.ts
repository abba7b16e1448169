// Tasks over HTTP: what somebody is to do, until when, about which record, and how it repeats.
import { z } from 'zod';
import * as own from '../custom-fields/contract.ts';
import * as f from '../fields.ts';
import * as records from '../records/contract.ts';

export const TaskKind = z.enum(['todo', 'call', 'meeting', 'visit', 'email']);
export const TaskPriority = z.enum(['low', 'normal', 'high']);
export const AboutType = z.enum(['customer', 'contact', 'deal', 'lead', 'order']);

const Repeat = z
  .strictObject({
    every: z.enum(['day', 'week', 'month']),
    step: z.int().min(1).max(99).default(1).describe('Every so many days, weeks or months'),
    weekdays: z
      .array(z.int().min(1).max(7))
      .max(7)
      .default([])
      .describe('With `week`: on which days, Monday being 1; none: on the day it was due'),
    after: z.enum(['due', 'done']).default('due').describe('Counted from the day due, or from the day done'),
  })
  .meta({ id: 'Repeat' });

export const TaskView = z
  .object({
    id: z.uuid(),
    title: z.string(),
    note: z.string().nullable(),
    kind: TaskKind,
    priority: TaskPriority,
    dueOn: z.iso.date().nullable().describe('A whole day; null where a moment is set or nothing'),
    dueAt: z.iso.datetime().nullable().describe('A moment'),
    about: z.object({ type: AboutType, id: z.uuid(), name: z.string() }).nullable(),
    customer: f.Person.nullable().describe('The customer that `about` belongs to'),
    repeat: Repeat.nullable(),
    remindBefore: z.int().nullable().describe('Minutes before it is due; a whole day is due at nine'),
    status: z.enum(['open', 'done']),
    doneAt: z.iso.datetime().nullable(),
    doneBy: f.Person.nullable(),
    owner: f.Person.nullable(),
    createdBy: f.Person.nullable(),
    custom: own.CustomShown,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    deletedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Task' });

const About = z.strictObject({ type: AboutType, id: z.uuid() });

/** What may be written; done and open are reached by their own addresses (L13). */
const writable = {
  title: f.line(300).min(1),
  note: f.lines(5_000).nullish(),
  kind: TaskKind.optional(),
  priority: TaskPriority.optional(),
  dueOn: f.day.nullish().describe('A whole day; not together with `dueAt`'),
  dueAt: f.time.nullish().describe('A moment; not together with `dueOn`'),
  about: About.nullish().describe('A record within one’s reach'),
  repeat: Repeat.nullish(),
  remindBefore: z.int().min(0).max(43_200).nullish().describe('Minutes before it is due'),
  zone: f.zone
    .optional()
    .describe('Time zone (IANA) whose days and hours are meant; left out: the one before, or the company’s'),
  ownerId: z
    .uuid()
    .nullish()
    .describe('Who is to do it; left out: whoever is signed in. Null: nobody, where one may do that.'),
  custom: own.CustomValues.optional(),
};

export const NewTask = z.strictObject(writable).meta({ id: 'NewTask' });
export const TaskPatch = z.strictObject({ ...writable, title: writable.title.optional() });

export const sorts = [
  'due',
  '-due',
  '-doneAt',
  'doneAt',
  '-updatedAt',
  'updatedAt',
  '-createdAt',
  'createdAt',
  '-deletedAt',
  'deletedAt',
] as const;

export const TaskFilters = z.strictObject({
  q: f.line(200).optional().describe('Part of the title'),
  owner: z
    .union([z.uuid(), z.enum(['me', 'none'])])
    .optional()
    .describe('An id, `me`, or `none`'),
  status: z.enum(['open', 'done', 'all']).default('open'),
  kind: TaskKind.optional(),
  priority: TaskPriority.optional(),
  dueFrom: f.time.optional(),
  dueTo: f.time.optional().describe('Due before then; a whole day counts as its noon in UTC'),
  about: z.uuid().optional().describe('The record it is about, by its id'),
  customer: z.uuid().optional().describe('About that customer, or a contact, deal or order of it'),
  custom: own.CustomFilter,
  deleted: z
    .enum(['true', 'false'])
    .optional()
    .describe('`true`: what lies in the bin, ordered by `deletedAt`'),
});

export const tasksContract = {
  'GET /tasks': {
    summary: 'The tasks within one’s reach; open ones by the day they are due, unless asked otherwise',
    access: ['read', 'task'],
    query: TaskFilters.extend({ ...f.page, sort: own.sortOf(sorts) }),
    replies: { 200: records.listOf(TaskView) },
  },
  'POST /tasks': {
    summary: 'Adds a task',
    access: ['create', 'task'],
    body: NewTask,
    replies: { 201: TaskView },
  },
  'POST /tasks/bulk': {
    summary: 'Marks up to 200 tasks as done, or puts them off to another day; tells which are not there',
    access: ['update', 'task'],
    body: z.strictObject({
      ids: z.array(z.uuid()).min(1).max(200),
      done: z.literal(true).optional(),
      dueOn: f.day.optional().describe('Puts them off to that day; a moment keeps its time of day'),
    }),
    replies: { 200: z.object({ changed: z.int(), missing: z.array(z.uuid()) }) },
  },
  'GET /tasks/{id}': records.one('task', TaskView, 'One task'),
  'PATCH /tasks/{id}': {
    summary: 'Changes a task; with If-Match only the version named',
    access: ['update', 'task'],
    params: f.ById,
    body: TaskPatch,
    replies: { 200: TaskView },
  },
  'DELETE /tasks/{id}': records.removed('task', 'Puts a task into the bin'),
  'POST /tasks/{id}/restore': records.restored('task', TaskView, 'Takes a task back out of the bin'),
  'GET /tasks/{id}/history': records.history(
    'task',
    'Every change to a task with before and after, newest first; also of a deleted one',
  ),
  'POST /tasks/{id}/done': {
    summary: 'Marks a task as done; one that repeats makes its next, once however often this is called',
    access: ['update', 'task'],
    params: f.ById,
    replies: { 200: z.object({ task: TaskView, next: TaskView.nullable() }) },
  },
  'POST /tasks/{id}/reopen': {
    summary: 'Opens a task that was done; the next one of a series stays',
    access: ['update', 'task'],
    params: f.ById,
    replies: { 200: TaskView },
  },
} as const;
