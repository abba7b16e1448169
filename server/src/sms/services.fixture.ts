// Text message services on loopback that check what they are sent as the real ones do, down to the signature.
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Taken = { method: string; url: string; headers: IncomingHttpHeaders; body: string };

/** One service; `answers` are what the next requests get in place of a good reply: a status, or 'hang'. */
export async function openService(check: (taken: Taken) => { status: number; body: unknown }) {
  const taken: Taken[] = [];
  const answers: ({ status: number; body?: unknown } | 'hang')[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
      const planned = answers.shift();
      if (planned === 'hang') return;
      const answer = planned ?? check(one);
      if (!planned && answer.status < 300) taken.push(one);
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    /** Requests that were in order, the oldest first. */
    taken,
    answers,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** The signature that Alibaba Cloud (version 3) computes from a request as it came in. */
export function aliyunSignature(
  secret: string,
  { method, url, headers, body }: Taken,
  names: string,
): string {
  const [path = '/', query = ''] = url.split('?');
  const rows = names.split(';').map(name => `${name}:${String(headers[name] ?? '').trim()}\n`);
  const request = `${method}\n${path}\n${query}\n${rows.join('')}\n${names}\n${digest(body)}`;
  return createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${digest(request)}`)
    .digest('hex');
}

export function checkAliyun(account: { id: string; secret: string }) {
  return (taken: Taken) => {
    const [, id, names = '', signature] =
      /^ACS3-HMAC-SHA256 Credential=(.+),SignedHeaders=(.+),Signature=(\w{64})$/.exec(
        taken.headers.authorization ?? '',
      ) ?? [];
    const hashed = taken.headers['x-acs-content-sha256'] === digest(taken.body);
    const late = Math.abs(Date.parse(String(taken.headers['x-acs-date'])) - Date.now()) > 900_000;
    const all = ['host', 'x-acs-action', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version'];
    const right = all.every(name => names.split(';').includes(name)) && hashed && !late && id === account.id;
    if (!right || signature !== aliyunSignature(account.secret, taken, names))
      return { status: 400, body: { Code: 'SignatureDoesNotMatch', Message: 'signature' } };
    return { status: 200, body: { Code: 'OK', Message: 'OK', BizId: '1', RequestId: '2' } };
  };
}

export function checkTencent(account: { id: string; secret: string }) {
  return (taken: Taken) => {
    const [, id, day = '', names = '', signature] =
      /^TC3-HMAC-SHA256 Credential=([^/]+)\/([\d-]+)\/sms\/tc3_request, SignedHeaders=(\S+), Signature=(\w{64})$/.exec(
        taken.headers.authorization ?? '',
      ) ?? [];
    const stamp = String(taken.headers['x-tc-timestamp']);
    const rows = names
      .split(';')
      .map(name => `${name}:${String(taken.headers[name]).trim().toLowerCase()}\n`);
    const request = `POST\n/\n\n${rows.join('')}\n${names}\n${digest(taken.body)}`;
    const text = `TC3-HMAC-SHA256\n${stamp}\n${day}/sms/tc3_request\n${digest(request)}`;
    const step = (key: string | Buffer, words: string) => createHmac('sha256', key).update(words).digest();
    const key = step(step(step(`TC3${account.secret}`, day), 'sms'), 'tc3_request');
    const sameDay = new Date(Number(stamp) * 1_000).toISOString().startsWith(day);
    const late = Math.abs(Number(stamp) * 1_000 - Date.now()) > 300_000;
    if (id !== account.id || late || !sameDay || signature !== step(key, text).toString('hex'))
      return { status: 200, body: { Response: { Error: { Code: 'AuthFailure.SignatureFailure' } } } };
    return { status: 200, body: { Response: { SendStatusSet: [{ Code: 'Ok' }], RequestId: '1' } } };
  };
}

export function checkTwilio(account: { id: string; secret: string }) {
  return (taken: Taken) => {
    const wanted = `Basic ${Buffer.from(`${account.id}:${account.secret}`).toString('base64')}`;
    const right = taken.headers.authorization === wanted && taken.url.includes(`/Accounts/${account.id}/`);
    return right
      ? { status: 201, body: { sid: 'SM1', status: 'queued' } }
      : { status: 401, body: { code: 20003, message: 'Authenticate' } };
  };
}
