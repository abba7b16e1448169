// One keep-alive connection that sends a request and waits for its reply: as little work as HTTP/1.1 allows.
import { createConnection } from 'node:net';

export type Connection = {
  /** Sends bytes and resolves with the reply's status once its last byte is in. */
  send: (request: Buffer) => Promise<number>;
  close: () => void;
};

const headEnd = Buffer.from('\r\n\r\n');
const chunkedEnd = Buffer.from('\r\n0\r\n\r\n');

/**
 * Opens a connection, from an address of this machine's own choice where one is given; a server that ends it in the
 * middle of a reply is an error.
 */
export function connect(host: string, port: number, from?: string): Promise<Connection> {
  const socket = createConnection({ host, port, noDelay: true, ...(from ? { localAddress: from } : {}) });
  let got: Buffer | null = null;
  let settle: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;

  const fail = (error: Error) => {
    settle?.reject(error);
    settle = null;
  };
  socket.on('data', (chunk: Buffer) => {
    got = got === null ? chunk : Buffer.concat([got, chunk]);
    const status = complete(got);
    if (status === null || settle === null) return;
    const { resolve } = settle;
    got = null;
    settle = null;
    resolve(status);
  });
  socket.on('close', () => fail(new Error('the server closed the connection')));
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', fail);
      resolve({
        send: request =>
          new Promise((done, refuse) => {
            settle = { resolve: done, reject: refuse };
            socket.write(request);
          }),
        close: () => socket.destroy(),
      });
    });
  });
}

/** The status of a reply that is whole; null while bytes are missing. */
export function complete(reply: Buffer): number | null {
  const end = reply.indexOf(headEnd);
  if (end < 0) return null;
  const head = reply.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  if (status === 204 || status === 304) return status;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return reply.length >= end + 4 + Number(length) ? status : null;
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const empty = reply.length === end + 9 && reply.indexOf('0\r\n\r\n', end + 4) === end + 4;
    const last = reply.subarray(-chunkedEnd.length).equals(chunkedEnd);
    return last || empty ? status : null;
  }
  return status;
}
