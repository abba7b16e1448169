// Files attached to records over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';
import { BearerType } from '../subjects/contract.ts';

const FileView = z
  .object({
    id: z.uuid(),
    object: BearerType,
    objectId: z.uuid(),
    name: z.string(),
    type: z.string().describe('Media type as told from the content'),
    size: z.int().describe('Bytes'),
    sha256: z.string(),
    createdAt: z.iso.datetime(),
    createdBy: f.Person,
  })
  .meta({ id: 'File' });

/** No file is larger than this, whatever the setting. */
export const mostMegabytes = 500;

export const FileKind = z.enum([
  'pdf',
  'picture',
  'document',
  'sheet',
  'slides',
  'text',
  'mail',
  'sound',
  'film',
  'archive',
]);

const allowed = {
  megabytes: z.int().min(1).max(mostMegabytes).describe('The largest file taken in'),
  kinds: z.array(FileKind).nullable().describe('Kinds taken in; null: all of them'),
};

const Settings = z
  .object({
    ...allowed,
    used: z.object({
      files: z.int().describe('How many there are, those in the bin included'),
      bytes: z.int(),
      binned: z.int().describe('How many of them lie in the bin'),
      binnedBytes: z.int(),
      place: z.enum(['folder', 'bucket']).describe('Where new files go: the data folder or an object store'),
      elsewhere: z.int().describe('How many do not lie there yet'),
      freeBytes: z.int().nullable().describe('Room left on the disk; null for an object store'),
    }),
  })
  .meta({ id: 'FileSettings' });

const about = { object: BearerType, objectId: z.uuid() };

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
        ...allowed,
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
  'GET /files/settings': {
    summary: 'How large files may be, of which kinds, and what is used at present',
    access: ['configure', 'policy'],
    replies: { 200: Settings },
  },
  'PUT /files/settings': {
    summary: 'Says how large a file may be and of which kinds; files that are there already stay',
    access: ['configure', 'policy'],
    body: z.strictObject({ megabytes: allowed.megabytes, kinds: allowed.kinds.default(null) }),
    replies: { 200: Settings },
  },
} as const;
