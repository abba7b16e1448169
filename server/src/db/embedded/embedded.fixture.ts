// A Latchkey in miniature for tests: owns the embedded server of a folder until it is told to end.
import pg from 'pg';
import { startEmbedded } from './embedded.ts';

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const started = await startEmbedded({
  dataDir: process.argv[2] ?? '',
  log: (line, detail) => say({ log: line, detail }),
  onExit: code => say({ gaveUp: code }),
});

if (started.kind === 'fault') {
  say(started);
} else {
  const { server } = started;
  const alive = setInterval(() => {}, 1_000);
  const end = async () => {
    // A server that still drains needs its database after the signal.
    await new Promise(done => setTimeout(done, 300));
    const client = new pg.Client(server.ownerUrl);
    await client.connect();
    say({ drained: (await client.query('SELECT 1 AS one')).rows[0].one });
    await client.end();
    await server.stop();
    clearInterval(alive);
  };
  if (process.argv[3] !== 'deaf') {
    process.once('SIGTERM', () => void end());
    process.once('SIGINT', () => void end());
  }
  say({ kind: 'ready', pid: server.pid, adopted: server.adopted, url: server.ownerUrl });
}
