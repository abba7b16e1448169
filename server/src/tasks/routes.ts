// The addresses of tasks.
import type { WrongCustom } from '../custom-fields/custom-fields.ts';
import { bind, refuse } from '../http.ts';
import { answersOf, wrong, wrongCustom } from '../records/routes.ts';
import { tasksContract } from './contract.ts';
import * as tasks from './tasks.ts';

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);

/** A task as it travels. */
export function taskView(row: tasks.Task) {
  const { about_type: type, about_id: id } = row;
  return {
    id: row.id,
    title: row.title,
    note: row.note,
    kind: row.kind,
    priority: row.priority,
    dueOn: row.due_on,
    dueAt: row.due_at,
    about: type && id ? { type, id, name: row.about_name ?? '' } : null,
    customer: named(row.customer_id, row.customer_name),
    repeat: row.repeat && {
      every: row.repeat.every,
      step: row.repeat.step,
      weekdays: row.repeat.weekdays,
      after: row.repeat.after,
    },
    remindBefore: row.remind_minutes,
    status: row.done_at === null ? ('open' as const) : ('done' as const),
    doneAt: row.done_at,
    doneBy: named(row.done_by, row.done_name),
    owner: named(row.owner_id, row.owner_name),
    createdBy: named(row.created_by, row.creator_name),
    custom: row.custom,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}

export const answers = answersOf(tasks.tasks, taskView);

const refusals = {
  'not-found': () => refuse('not-found'),
  'not-allowed': () => refuse('not-allowed'),
  'no-such-owner': () => wrong('ownerId', 'is nobody who may own a task'),
  'no-such-record': () => wrong('about.id', 'is no such record within your reach'),
  'both-dues': () => wrong('dueAt', 'goes in place of dueOn, not beside it'),
  'repeat-needs-due': () => wrong('repeat', 'needs a day or a moment that it is due'),
  'reminder-needs-due': () => wrong('remindBefore', 'needs a day or a moment that it is due'),
};

const refusal = (outcome: { kind: keyof typeof refusals } | WrongCustom) =>
  outcome.kind === 'wrong-custom' ? wrongCustom(outcome) : refusals[outcome.kind]();

export const tasksRoutes = bind(tasksContract)({
  'GET /tasks': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    return answers.listed(await tasks.list(world, { filters, sort, after, limit }, by), by);
  },
  'POST /tasks': async ({ world, body, ...by }) => {
    const outcome = await tasks.add(world, { ...body, custom: body.custom ?? {} }, by);
    if (outcome.kind !== 'added') return refusal(outcome);
    return answers.created('/tasks', outcome.task, by);
  },
  'POST /tasks/bulk': async ({ world, body, ...by }) => {
    if (!body.done === !body.dueOn) return wrong('done', 'give either done or dueOn');
    return { status: 200, body: await tasks.changeMany(world, body, by) };
  },
  'GET /tasks/{id}': answers.one,
  'PATCH /tasks/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await tasks.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, body, by);
    if (outcome.kind !== 'changed') return refusal(outcome);
    return { status: 200, ...answers.tagged(outcome.task, by) };
  },
  'DELETE /tasks/{id}': async ({ world, params, ifMatch: version, ...by }) =>
    answers.binned(await tasks.bin(world, { ...params, version, deleted: true }, by), by),
  'POST /tasks/{id}/restore': async ({ world, params, ifMatch: version, ...by }) =>
    answers.back(await tasks.bin(world, { ...params, version, deleted: false }, by), by),
  'GET /tasks/{id}/history': answers.history,
  'POST /tasks/{id}/done': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await tasks.done(world, { ...params, version }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, null, by);
    if (outcome.kind !== 'done') return refuse('not-found');
    const seen = (row: tasks.Task) => answers.tagged(row, by).body;
    return {
      status: 200,
      body: { task: seen(outcome.task), next: outcome.next && seen(outcome.next) },
      headers: answers.tagged(outcome.task, by).headers,
    };
  },
  'POST /tasks/{id}/reopen': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await tasks.reopen(world, { ...params, version }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, null, by);
    if (outcome.kind !== 'changed') return refusal(outcome);
    return { status: 200, ...answers.tagged(outcome.task, by) };
  },
});
