// Uploads a file with its progress; fetch cannot tell how much of a body has gone out, so this is an XMLHttpRequest.
import { Problem, Unreachable } from '../problem.ts';
import { waitForSignIn } from '../shell/gate.ts';
import { underOneKey } from '../ui/unanswered.ts';
import { language } from '../words.ts';
import type { ImportDraft, ImportObject } from './mapping.ts';

export type Upload = {
  file: File;
  object: ImportObject;
  /** Only where the detection is wrong. */
  encoding: string;
  onProgress: (percent: number) => void;
  signal: AbortSignal;
};

/** Resolves with the import, its columns and its preview; throws Problem or Unreachable as `api` does. */
export function upload(work: Upload): Promise<ImportDraft> {
  return underOneKey(['import', work.object, work.encoding], work.file, async key => {
    const first = await send(work, key);
    if (!(first instanceof Problem)) return first;
    if (first.code !== 'signed-out' || !(await waitForSignIn())) throw first;
    const second = await send(work, key);
    if (second instanceof Problem) throw second;
    return second;
  });
}

function send(work: Upload, key: string): Promise<ImportDraft | Problem> {
  const { file, object, encoding, onProgress, signal } = work;
  const query = new URLSearchParams({ object, fileName: file.name, ...(encoding ? { encoding } : {}) });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/imports?${query}`);
    request.setRequestHeader('Content-Type', 'text/csv');
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.setRequestHeader('Accept-Language', language());
    request.setRequestHeader('Idempotency-Key', key);
    request.responseType = 'json';
    request.upload.onprogress = event => {
      if (event.lengthComputable) onProgress(Math.floor((event.loaded / event.total) * 100));
    };
    request.onload = () => {
      const body: unknown = request.response;
      if (request.status < 300) resolve(body as ImportDraft);
      else resolve(new Problem(request.status, (body ?? {}) as Record<string, unknown>, null));
    };
    request.onerror = () => reject(new Unreachable('upload'));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
