// Sends a file with its progress; fetch cannot tell how much of a body has gone out, so this is an XMLHttpRequest.
import type { Calls } from '../calls.ts';
import { Problem, Unreachable } from '../problem.ts';
import { waitForSignIn } from '../shell/gate.ts';
import { underOneKey } from '../ui/unanswered.ts';
import { language } from '../words.ts';

export type Subject = { type: NonNullable<Calls['GET /files']['query']>['object']; id: string };
type Work = { file: File; subject: Subject; onProgress: (percent: number) => void };

/** Resolves with the file's id when the server has kept it; throws Problem or Unreachable as `api` does. */
export function upload(work: Work): Promise<string> {
  const { file, subject } = work;
  return underOneKey([subject.type, subject.id], file, async key => {
    const first = await send(work, key);
    if (typeof first === 'string') return first;
    if (first.code !== 'signed-out' || !(await waitForSignIn())) throw first;
    const second = await send(work, key);
    if (typeof second !== 'string') throw second;
    return second;
  });
}

function send({ file, subject, onProgress }: Work, key: string): Promise<Problem | string> {
  const query = new URLSearchParams({ object: subject.type, objectId: subject.id, name: file.name });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/files?${query}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.setRequestHeader('Accept-Language', language());
    request.setRequestHeader('Idempotency-Key', key);
    request.responseType = 'json';
    request.upload.onprogress = event => {
      if (event.lengthComputable) onProgress(Math.floor((event.loaded / event.total) * 100));
    };
    request.onload = () => {
      const body = (request.response ?? {}) as Record<string, unknown>;
      resolve(request.status < 300 ? String(body.id) : new Problem(request.status, body, null));
    };
    request.onerror = () => reject(new Unreachable('upload'));
    request.send(file);
  });
}

/** A number of bytes as people read it. */
export function sizeWords(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** step;
  return `${value.toFixed(step === 0 || value >= 100 ? 0 : 1)} ${units[step]}`;
}
