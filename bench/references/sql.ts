// Reference: answers each request with the rows of one SQL statement, through the driver alone, encoded as JSON.
import { createServer } from 'node:http';
import pg from 'pg';
import { isoTime } from '../../server/src/db/pool.ts';
import { announce } from './announce.ts';

type Statement = { text: string; values: unknown[] };

const { SQL_URL: connectionString, SQL_WORKSPACE: workspace, SQL_STATEMENTS: text = '[]' } = process.env;
const statements: Statement[] = JSON.parse(text);
// Where asked, each connection keeps the plan of a statement, as the product does.
const kept = process.env.SQL_KEPT === '1';
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, isoTime);
const options = `-c TimeZone=UTC -c latchkey.workspace=${workspace}`;
const pool = new pg.Pool({ connectionString, max: 20, types, options });

const server = createServer((request, response) => {
  const index = Number(/[?&]n=(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
  const statement = statements[index % statements.length];
  if (!statement) return response.writeHead(404).end();
  return pool.query(kept ? { name: `kept-${index}`, ...statement } : statement).then(
    ({ rows }) => {
      const body = JSON.stringify(rows);
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    },
    error => {
      console.error(error);
      response.writeHead(500, { 'content-length': 0 });
      response.end();
    },
  );
});
announce(server);
