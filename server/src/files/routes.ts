// The addresses of files attached to records.
import { bind, type Refusal, refuse } from '../http.ts';
import { BearerType } from '../subjects/contract.ts';
import { FileKind, filesContract } from './contract.ts';
import * as files from './files.ts';
import { disposition } from './rules.ts';

const view = (file: files.File) => ({
  id: file.id,
  object: BearerType.parse(file.object_type),
  objectId: file.object_id,
  name: file.name,
  type: file.type,
  size: file.size,
  sha256: file.sha256,
  createdAt: file.created_at,
  createdBy: { id: file.created_by, name: file.creator ?? '' },
});

/** Kinds that this version knows; what another one has written falls away. */
const allowed = ({ megabytes, kinds }: { megabytes: number; kinds: string[] | null }) => ({
  megabytes,
  kinds: kinds && FileKind.options.filter(kind => kinds.includes(kind)),
});

function refused(outcome: Exclude<files.TakeOutcome, { kind: 'taken' }>): Refusal {
  switch (outcome.kind) {
    case 'too-large':
      return refuse('too-large', { words: { limit: outcome.megabytes * 1_048_576 } });
    case 'full':
      return refuse('storage-full');
    case 'away':
      return refuse('storage-away', { retryAfter: 60 });
    case 'wrong-type':
      return refuse('file-type');
    case 'empty':
      return refuse('invalid', { members: { faults: [{ path: 'body', message: 'is empty' }] } });
    default:
      return refuse(outcome.kind);
  }
}

export const filesRoutes = bind(filesContract)({
  'GET /files': async ({ world, query, me }) => {
    const found = await files.of(world, { type: query.object, id: query.objectId }, me);
    if (!found) return refuse('not-found');
    const body = { ...found, ...allowed(found), items: found.items.map(view), next: null };
    return { status: 200, body };
  },
  'POST /files': async ({ world, query, request, once, me, visitor }) => {
    const length = Number(request.headers.get('content-length') ?? 0);
    const ref = { type: query.object, id: query.objectId };
    const outcome = await files.take(
      world,
      { ref, name: query.name, body: request.body, length },
      { me, visitor },
    );
    if (outcome.kind !== 'taken') return refused(outcome);
    const { file } = outcome;
    return once(async at => ({ status: 201, body: view(await files.attach(at, file, { me, visitor })) }));
  },
  'GET /files/{id}/content': async ({ world, params, me }) => {
    const found = await files.open(world, params.id, me);
    if (found.kind !== 'open')
      return found.kind === 'away' ? refuse('storage-away', { retryAfter: 60 }) : refuse('not-found');
    const headers = {
      'content-disposition': disposition(found.file.name),
      // Texts may travel compressed, in a length of their own.
      ...(found.file.type.startsWith('text/') ? {} : { 'content-length': String(found.file.size) }),
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    };
    return { status: 200, stream: found.bytes, type: found.file.type, headers };
  },
  'DELETE /files/{id}': async ({ world, params, me, visitor }) => {
    const outcome = await files.bin(world, { ...params, deleted: true }, { me, visitor });
    return outcome.kind === 'done' ? { status: 204 } : refuse(outcome.kind);
  },
  'POST /files/{id}/restore': async ({ world, params, me, visitor }) => {
    const outcome = await files.bin(world, { ...params, deleted: false }, { me, visitor });
    return outcome.kind === 'done' ? { status: 200, body: view(outcome.file) } : refuse(outcome.kind);
  },
  'GET /files/settings': async ({ world }) => ({
    status: 200,
    body: { ...allowed(await files.settings(world)), used: await files.usage(world) },
  }),
  'PUT /files/settings': async ({ world, body, me, visitor }) => {
    await files.configure(world, body, { me, visitor });
    return { status: 200, body: { ...body, used: await files.usage(world) } };
  },
});
