// A real HTTP receiver on loopback that keeps what it is sent and answers as told.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Got = { path: string; headers: IncomingHttpHeaders; body: string };
type Answer = { status: number; body?: string; headers?: Record<string, string>; hang?: boolean };

/** Opens one; `answers` are what the next requests get, then `usual`. */
export async function openReceiver(usual: Answer = { status: 204 }) {
  const got: Got[] = [];
  const answers: Answer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      got.push({ path: request.url ?? '', headers: request.headers, body });
      const answer = answers.shift() ?? usual;
      response.writeHead(answer.status, answer.headers);
      if (answer.hang) response.write(answer.body ?? ' ');
      else response.end(answer.body ?? '');
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    got,
    answers,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof openReceiver>>;
