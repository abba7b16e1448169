// Files attached to records over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';
import { SubjectType } from '../subjects/contract.ts';

const FileView = z
  .object({
    id: z.uuid(),
    object: SubjectType,
    objectId: z.uuid(),
    name: z.string(),
    type: z.string().describe('Media type as told from the content'),
    size: z.int().describe('Bytes'),
    sha256: z.string(),
    createdAt: z.iso.datetime(),
    createdBy: f.Person,
  })
  .meta({ id: 'File' });

const Settings = z.object({ megabytes: z.int().describe('The largest file taken in') });

/** No file is larger than this, whatever the setting. */
export const mostMegabytes = 500;

const about = { object: SubjectType, objectId: z.uuid() };

export const filesContract = {
  'GET /files': {
    summary: 'The files of one record that one may read, newest first',
    access: 'person',
    query: z.strictObject(about),
    replies: {
      200: z.object({
        items: z.array(FileView),
        next: z.null(),
        writable: z.boolean().describe('Whether one may add files and remove them'),
        megabytes: z.int().describe('The largest file taken in'),
      }),
    },
  },
  'POST /files': {
    summary:
      'Attaches a file (the raw body) to a record that one may change; its type is told from its content and must be one of those taken in. Files are not searched for viruses',
    access: 'person',
    query: z.strictObject({ ...about, name: f.line(200).min(1) }),
    raw: { type: 'application/octet-stream', limit: mostMegabytes * 1_048_576 },
    replies: { 201: FileView },
  },
  'GET /files/{id}/content': {
    summary: 'Downloads a file; always as an attachment',
    access: 'person',
    params: f.ById,
    replies: { 200: 'application/octet-stream' },
  },
  'DELETE /files/{id}': {
    summary: 'Puts a file into the bin',
    access: 'person',
    params: f.ById,
    replies: { 204: null },
  },
  'POST /files/{id}/restore': {
    summary: 'Takes a file back out of the bin',
    access: 'person',
    params: f.ById,
    replies: { 200: FileView },
  },
  'PUT /files/settings': {
    summary: 'Says how large a file may be',
    access: ['configure', 'policy'],
    body: z.strictObject({ megabytes: z.int().min(1).max(mostMegabytes) }),
    replies: { 200: Settings },
  },
} as const;
