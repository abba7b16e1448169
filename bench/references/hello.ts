// Reference: the least that an HTTP server in Node can do.
import { createServer } from 'node:http';
import { announce } from './announce.ts';

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 5 });
  response.end('hello');
});
announce(server);
