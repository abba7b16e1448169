// The program: reads the settings, serves, says where, and stops cleanly. The only file that touches process.env.
import { enableCompileCache } from 'node:module';
import { pino } from 'pino';
import { readConfig } from './config.ts';

enableCompileCache();

const read = readConfig(process.env, process.argv.slice(2));
if (read.kind === 'faulty') {
  console.error(['Latchkey cannot start:', ...read.faults.map(fault => `  - ${fault}`)].join('\n'));
  process.exit(2);
}
const { config } = read;
const log = pino({
  level: config.logLevel === 'info' && process.stdout.isTTY ? 'warn' : config.logLevel,
  redact: {
    paths: ['password', 'token', 'secret', 'cookie', 'authorization', 'flow'].flatMap(key => [
      key,
      `*.${key}`,
    ]),
    censor: '[hidden]',
  },
});

const { serve } = await import('./serve.ts');
const { prepareDemo } = await import('./demo/demo.ts');
const { giveBackAtRest } = await import('./giving-back.ts');

let told: string[] = [];
const outcome = await serve(config, log, async installation => {
  if (config.demo) told = await prepareDemo(installation);
});
if (outcome.kind === 'fault') {
  console.error(`Latchkey cannot start: ${outcome.sentence}`);
  process.exit(3);
}
const { server } = outcome;
for (const line of told) console.log(line);
console.log(`Latchkey is ready at ${server.url}`);
giveBackAtRest({ everyMs: 2_000 });

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const hard = setTimeout(() => process.exit(1), 25_000);
    hard.unref();
    server.close().then(
      () => process.exit(Number(process.exitCode ?? 0)),
      error => {
        log.error({ err: error }, 'not stopped cleanly');
        process.exit(1);
      },
    );
  });
}
