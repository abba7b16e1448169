// The generator's own reading of HTTP: a reply counts once it is whole, and not before.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { complete, connect } from './connection.ts';

const reply = (head: string, body = '') => Buffer.from(`HTTP/1.1 ${head}\r\n\r\n${body}`);

it('waits for as many bytes as Content-Length says', () => {
  expect(complete(Buffer.from('HTTP/1.1 200 OK\r\ncontent-le'))).toBeNull();
  expect(complete(reply('200 OK\r\ncontent-length: 5', 'hell'))).toBeNull();
  expect(complete(reply('200 OK\r\nContent-Length: 5', 'hello'))).toBe(200);
  expect(complete(reply('423 Locked\r\ncontent-length: 6', '锁定'))).toBe(423);
});

it('waits for the last chunk', () => {
  const head = '200 OK\r\ntransfer-encoding: chunked';
  expect(complete(reply(head, '5\r\nhello\r\n'))).toBeNull();
  expect(complete(reply(head, '5\r\nhello\r\n0\r\n\r\n'))).toBe(200);
  expect(complete(reply(head, '0\r\n\r\n'))).toBe(200);
});

it('expects no body of a 204', () => {
  expect(complete(reply('204 No Content'))).toBe(204);
});

it('sends one request after the other over one connection', async () => {
  let sockets = 0;
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    request.resume().on('end', () => {
      response.writeHead(asked === 2 ? 404 : 200);
      // In several pieces, chunked.
      response.write('one');
      setTimeout(() => response.end('two'), 5);
    });
  });
  server.on('connection', () => sockets++);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const connection = await connect('127.0.0.1', (server.address() as AddressInfo).port);
  const line = Buffer.from('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  expect([await connection.send(line), await connection.send(line), await connection.send(line)]).toEqual([
    200, 404, 200,
  ]);
  expect(sockets).toBe(1);
  server.closeAllConnections();
  await expect(connection.send(line)).rejects.toThrow();
  await new Promise(resolve => server.close(resolve));
});
