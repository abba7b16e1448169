// The addresses of comments and follows.
import { bind, etag, refuse } from '../http.ts';
import type { SubjectType } from '../subjects/subjects.ts';
import * as comments from './comments.ts';
import { commentsContract } from './contract.ts';

/** A comment as it travels. */
export function commentView(row: comments.Comment) {
  return {
    id: row.id,
    object: { type: row.object_type as SubjectType, id: row.object_id },
    author: { id: row.author_id, name: row.author_name },
    body: row.body,
    mentions: row.mentions,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    version: row.version,
  };
}

const written = ({ comment, unreached }: comments.Written) => ({
  body: { comment: commentView(comment), unreached },
  headers: { etag: etag(comment.version) },
});

export const commentsRoutes = bind(commentsContract)({
  'GET /comments': async ({ world, me, query }) => {
    const { object: type, id, limit, after } = query;
    const outcome = await comments.list(world, { ref: { type, id }, limit, after }, me);
    if (outcome.kind === 'page')
      return { status: 200, body: { items: outcome.items.map(commentView), next: outcome.next } };
    const fault = { path: 'query.after', message: 'is no cursor of this list' };
    return outcome.kind === 'bad-cursor'
      ? refuse('invalid', { members: { faults: [fault] } })
      : refuse('not-found');
  },
  'POST /comments': async ({ world, body, ...by }) => {
    const { object: type, objectId: id, ...words } = body;
    const outcome = await comments.add(world, { ref: { type, id }, ...words }, by);
    return outcome.kind === 'written' ? { status: 201, ...written(outcome) } : refuse(outcome.kind);
  },
  'PATCH /comments/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await comments.change(world, { id: params.id, ...body, version: ifMatch }, by);
    if (outcome.kind === 'written') return { status: 200, ...written(outcome) };
    if (outcome.kind === 'not-found') return refuse('not-found');
    return refuse(
      'changed-meanwhile',
      { members: { current: commentView(outcome.current), yours: body } },
      { headers: { etag: etag(outcome.current.version) } },
    );
  },
  'DELETE /comments/{id}': async ({ world, params, ...by }) => {
    const outcome = await comments.remove(world, params.id, by);
    return outcome.kind === 'removed' ? { status: 204 } : refuse('not-found');
  },
  'GET /comments/people': async ({ world, me, query }) => {
    const items = await comments.people(
      world,
      { ref: { type: query.object, id: query.id }, q: query.q, limit: query.limit },
      me,
    );
    return items ? { status: 200, body: { items, next: null } } : refuse('not-found');
  },
  'GET /follows': async ({ world, me, query }) => {
    const found = await comments.following(world, { type: query.object, id: query.id }, me);
    return found ? { status: 200, body: found } : refuse('not-found');
  },
  'PUT /follows': async ({ world, me, body }) => {
    const ref = { type: body.object, id: body.objectId };
    const found = await comments.setFollowing(world, { ref, following: body.following }, me);
    return found ? { status: 200, body: found } : refuse('not-found');
  },
});
