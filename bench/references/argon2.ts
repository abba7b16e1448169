// Reference: verifies one password per request with the product's parameters and nothing else around it.
import { createServer } from 'node:http';
import { hash, verify } from '@node-rs/argon2';
import { readConfig } from '../../server/src/config.ts';
import { announce } from './announce.ts';

const read = readConfig({});
if (read.kind !== 'ok') throw new Error('the default settings are faulty');
const password = 'the-bare-password-of-the-reference';
const stored = await hash(password, { ...read.config.passwordCost, parallelism: 1, algorithm: 2 });

const server = createServer((_request, response) => {
  verify(stored, password).then(
    right => {
      response.writeHead(right ? 200 : 500, { 'content-length': 0 });
      response.end();
    },
    () => response.destroy(),
  );
});
announce(server);
