// An object store on loopback that keeps objects in memory and checks every request as S3 does: signature, hash, age.
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Account = { keyId: string; secret: string; region: string; bucket: string };
export type Asked = { method: string; url: string; headers: Record<string, string> };

const hashOf = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const mac = (key: string | Buffer, words: string) => createHmac('sha256', key).update(words).digest();
const percent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** The signature that S3 computes from a request (AWS Signature Version 4). */
export function signatureOf(account: Account, asked: Asked, names: string[]): string {
  const stamp = asked.headers['x-amz-date'] ?? '';
  const day = stamp.slice(0, 8);
  const { pathname, searchParams } = new URL(asked.url, 'http://store');
  const query = [...searchParams]
    .map(([key, value]) => `${percent(key)}=${percent(value)}`)
    .sort()
    .join('&');
  const path = decodeURIComponent(pathname).split('/').map(percent).join('/');
  const rows = names.map(name => `${name}:${(asked.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
  const canonical = [
    asked.method,
    path,
    query,
    rows.join(''),
    names.join(';'),
    asked.headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = `${day}/${account.region}/s3/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${hashOf(canonical)}`;
  const key = mac(mac(mac(mac(`AWS4${account.secret}`, day), account.region), 's3'), 'aws4_request');
  return mac(key, text).toString('hex');
}

/** What is wrong with a request, as S3 would say it; null where it is in order. */
function fault(account: Account, asked: Asked, body: Buffer): [number, string] | null {
  const [, keyId, , region, list = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=(\w{64})$/.exec(
      asked.headers.authorization ?? '',
    ) ?? [];
  const names = list.split(';');
  if (keyId !== account.keyId) return [403, 'InvalidAccessKeyId'];
  if (region !== account.region) return [400, 'AuthorizationHeaderMalformed'];
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every(name => names.includes(name)))
    return [403, 'AccessDenied'];
  const at = (asked.headers['x-amz-date'] ?? '').replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    '$1-$2-$3T$4:$5:$6Z',
  );
  if (!(Math.abs(Date.parse(at) - Date.now()) < 900_000)) return [403, 'RequestTimeTooSkewed'];
  if (signature !== signatureOf(account, asked, names)) return [403, 'SignatureDoesNotMatch'];
  if (asked.headers['x-amz-content-sha256'] !== hashOf(body)) return [400, 'XAmzContentSHA256Mismatch'];
  if (asked.method === 'PUT' && asked.headers['content-length'] === undefined)
    return [411, 'MissingContentLength'];
  return null;
}

/** Opens the store, in path style. `plans` are what the next requests get in place of the right answer. */
export async function openStore(account: Account, page = 1_000) {
  const objects = new Map<string, { bytes: Buffer; changedAt: number }>();
  const plans: (number | 'hang up' | 'half' | 'garble')[] = [];
  const refusals: string[] = [];
  const answer = (asked: Asked, body: Buffer, response: ServerResponse) => {
    const say = (status: number, code: string) => {
      refusals.push(code);
      const words = asked.method === 'HEAD' ? '' : `<Error><Code>${code}</Code></Error>`;
      response.writeHead(status, { 'content-type': 'application/xml' }).end(words);
    };
    const wrong = fault(account, asked, body);
    if (wrong) return say(...wrong);
    const url = new URL(asked.url, 'http://store');
    const [, bucket, ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    if (bucket !== account.bucket) return say(404, 'NoSuchBucket');
    if (asked.method === 'GET' && key === '') return response.end(listing(url.searchParams));
    if (asked.method === 'PUT') {
      objects.set(key, { bytes: body, changedAt: Date.now() });
      return response.end();
    }
    if (asked.method === 'DELETE') {
      objects.delete(key);
      return response.writeHead(204).end();
    }
    const found = objects.get(key);
    if (!found) return say(404, 'NoSuchKey');
    response.writeHead(200, { 'content-length': found.bytes.length });
    return response.end(asked.method === 'HEAD' ? undefined : found.bytes);
  };
  const listing = (query: URLSearchParams) => {
    const keys = [...objects.keys()].filter(key => key.startsWith(query.get('prefix') ?? '')).sort();
    const from = Number(query.get('continuation-token') ?? 0);
    const shown = keys.slice(from, from + page).map(key => {
      const { bytes, changedAt } = objects.get(key) ?? { bytes: Buffer.alloc(0), changedAt: 0 };
      const changed = new Date(changedAt).toISOString();
      return `<Contents><Key>${key}</Key><LastModified>${changed}</LastModified><Size>${bytes.length}</Size></Contents>`;
    });
    const more = from + page < keys.length;
    const next = more ? `<NextContinuationToken>${from + page}</NextContinuationToken>` : '';
    return `<?xml version="1.0"?>\n<ListBucketResult><IsTruncated>${more}</IsTruncated>${shown.join('\n')}${next}</ListBucketResult>`;
  };
  const server = createServer((request, response) => void take(request, response));
  async function take(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '' } = request;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)]));
    const plan = plans.shift();
    if (plan === 'hang up') return request.socket.destroy();
    const key = decodeURIComponent(url).split('/').slice(2).join('/');
    const bytes = objects.get(key)?.bytes ?? Buffer.alloc(0);
    if (plan === 'half') {
      response.writeHead(200, { 'content-length': bytes.length });
      return response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
    }
    if (plan === 'garble') return response.end(Buffer.from(bytes.map(byte => byte ^ 1)));
    if (typeof plan === 'number') return response.writeHead(plan).end();
    return answer({ method, url, headers }, Buffer.concat(chunks), response);
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    plans,
    /** What was refused, by S3’s own codes. */
    refusals,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}
