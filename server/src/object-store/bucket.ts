// A bucket of an S3-compatible object store: objects put whole and checked, read as a stream, removed, listed.
import { createHash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import type { BucketSettings } from './settings.ts';

/** What went wrong, in words for the log; nothing of it is told to strangers. */
export type Away = { kind: 'away'; why: string };
/** One object of a listing. */
export type Listed = { key: string; size: number; changedAt: number };

export type Bucket = {
  /** Puts an object; the store refuses bytes that do not have this SHA-256, so that it is there whole or not at all. */
  put: (
    key: string,
    body: Blob,
    about: { sha256: string; type: string },
  ) => Promise<{ kind: 'put' } | { kind: 'full' | 'damaged' } | Away>;
  get: (
    key: string,
  ) => Promise<{ kind: 'got'; bytes: ReadableStream<Uint8Array> } | { kind: 'missing' } | Away>;
  /** Whether an object is there, and how large. */
  look: (key: string) => Promise<{ kind: 'there'; size: number } | { kind: 'missing' } | Away>;
  /** Removes an object; one that is not there counts as removed. */
  remove: (key: string) => Promise<{ kind: 'removed' } | Away>;
  /** One page of what lies under a prefix, in the order of the keys. */
  list: (
    prefix: string,
    after: string | null,
  ) => Promise<{ kind: 'page'; items: Listed[]; next: string | null } | Away>;
};

const answerMs = 30_000;
/** The slowest line that a body may be sent over, in bytes a second. */
const slowest = 65_536;
const emptyHash = createHash('sha256').digest('hex');
const mostRead = 2_000_000;

/** The bucket of these settings; nothing is asked of it before it is used. */
export function openBucket(settings: BucketSettings): Bucket {
  const cache = new Map<string, ArrayBuffer>();
  async function call(
    method: string,
    path: string,
    more: { body?: Blob; headers?: Record<string, string>; timeoutMs?: number | null } = {},
  ): Promise<Response | Away> {
    const abort = new AbortController();
    const timer = setTimeout(
      () => abort.abort(new Error('the store did not answer in time')),
      more.timeoutMs ?? answerMs,
    );
    try {
      const signer = new AwsV4Signer({
        method,
        url: `${settings.address}/${path}`,
        headers: { 'x-amz-content-sha256': emptyHash, ...more.headers },
        accessKeyId: settings.keyId,
        secretAccessKey: settings.secret,
        service: 's3',
        region: settings.region,
        cache,
      });
      const { url, headers } = await signer.sign();
      return await fetch(url, {
        method,
        headers,
        ...(more.body ? { body: more.body } : {}),
        redirect: 'error',
        signal: abort.signal,
      });
    } catch (error) {
      const { message, cause } = error as Error;
      return away(cause instanceof Error ? `${message}: ${cause.message}` : message);
    } finally {
      // A body that is read goes on for as long as it comes.
      clearTimeout(timer);
    }
  }
  return {
    async put(key, body, { sha256, type }) {
      const reply = await call('PUT', key, {
        body,
        headers: { 'x-amz-content-sha256': sha256, 'content-type': type },
        timeoutMs: answerMs + (body.size / slowest) * 1_000,
      });
      if (!(reply instanceof Response)) return reply;
      if (reply.ok) return settled(reply, { kind: 'put' });
      if (reply.status === 507) return settled(reply, { kind: 'full' });
      const said = await refused(reply);
      return /SHA256Mismatch|BadDigest/.test(said.why) ? { kind: 'damaged' } : said;
    },
    async get(key) {
      const reply = await call('GET', key);
      if (!(reply instanceof Response)) return reply;
      if (reply.ok && reply.body) return { kind: 'got', bytes: reply.body };
      return reply.status === 404 ? missing(reply) : refused(reply);
    },
    async look(key) {
      const reply = await call('HEAD', key);
      if (!(reply instanceof Response)) return reply;
      if (reply.ok) return { kind: 'there', size: Number(reply.headers.get('content-length') ?? -1) };
      // A HEAD has no body that could say what is missing.
      return reply.status === 404 ? { kind: 'missing' } : away(`HEAD was answered with ${reply.status}`);
    },
    async remove(key) {
      const reply = await call('DELETE', key);
      if (!(reply instanceof Response)) return reply;
      return reply.ok || reply.status === 404 ? settled(reply, { kind: 'removed' }) : refused(reply);
    },
    async list(prefix, after) {
      const query = new URLSearchParams({ 'list-type': '2', 'max-keys': '1000', prefix });
      if (after) query.set('continuation-token', after);
      const reply = await call('GET', `?${query}`);
      if (!(reply instanceof Response)) return reply;
      if (!reply.ok) return refused(reply);
      return { kind: 'page', ...readListing((await reply.text()).slice(0, mostRead)) };
    },
  };
}

const away = (why: string): Away => ({ kind: 'away', why: why.replace(/\s+/g, ' ').slice(0, 300) });

/** A reply whose body nobody needs still has to be read, or its connection is lost. */
async function settled<T>(reply: Response, outcome: T): Promise<T> {
  await reply.arrayBuffer().catch(() => undefined);
  return outcome;
}

/** A bucket that is not there is no object that is missing: nothing may be concluded from it. */
async function missing(reply: Response): Promise<{ kind: 'missing' } | Away> {
  const said = await reply.text().catch(() => '');
  return said.includes('NoSuchBucket') ? away('there is no such bucket') : { kind: 'missing' };
}

async function refused(reply: Response): Promise<Away> {
  const said = (await reply.text().catch(() => '')).slice(0, 4_000);
  const [code, message] = [element(said, 'Code'), element(said, 'Message')];
  return away(`${reply.status} ${code ?? ''} ${message ?? ''}`);
}

function element(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return found?.replace(/&(amp|lt|gt|quot|apos);/g, (_, one: string) => entities[one] ?? '') ?? null;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The reply to ListObjectsV2. */
function readListing(xml: string): { items: Listed[]; next: string | null } {
  const items = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, one = '']) => ({
    key: element(one, 'Key') ?? '',
    size: Number(element(one, 'Size') ?? 0),
    changedAt: Date.parse(element(one, 'LastModified') ?? ''),
  }));
  const goesOn = element(xml, 'IsTruncated') === 'true';
  return { items, next: goesOn ? element(xml, 'NextContinuationToken') : null };
}
