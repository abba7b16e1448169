// The benchmark's side of the load generator, and the text of a request.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { keep } from '../processes.ts';
import type { Fired, Job } from './job.ts';

export type { Fired } from './job.ts';
export { placeholder } from './job.ts';

export type Generator = { fire: (job: Job) => Promise<Fired> };

/** Starts a generator process; it ends with this one. */
export function openGenerator(): Generator {
  const child = fork(fileURLToPath(new URL('generator.ts', import.meta.url)), { execArgv: [] });
  keep(child, 'load generator');
  return {
    fire: job =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error('the load generator has ended'));
        child.once('exit', gone);
        child.once('message', (reply: { fired: Fired } | { failed: string }) => {
          child.off('exit', gone);
          if ('failed' in reply) reject(new Error(reply.failed));
          else resolve(reply.fired);
        });
        child.send(job);
      }),
  };
}

/** An HTTP/1.1 request as text. */
export function request(
  url: string,
  line: string,
  options: { cookies?: string; body?: string; headers?: Record<string, string> } = {},
): string {
  const { host } = new URL(url);
  const headers: Record<string, string> = { host, accept: 'application/json', ...options.headers };
  if (options.cookies) headers.cookie = options.cookies;
  if (options.body !== undefined) {
    headers['content-type'] = 'application/json';
    headers['content-length'] = String(Buffer.byteLength(options.body));
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${line} HTTP/1.1`, ...lines, '', options.body ?? ''].join('\r\n');
}
