// `npm run bench -- <name>… [--json FILE] [--quick] [--minutes N] [--rows N] [--data FOLDER]`: measures,
// prints a table, and writes the figures where asked.
import { writeFileSync } from 'node:fs';
import type { Options, Result } from './measure.ts';
import { table } from './print.ts';
import { stopAll } from './processes.ts';

type Benchmark = (options: Options & { json?: string; rows?: number }) => Promise<Result[]>;

const measured =
  (load: () => Promise<{ run: Benchmark }>): Benchmark =>
  async options =>
    (await load()).run(options);

const benchmarks: Record<string, Benchmark> = {
  session: measured(() => import('./session.ts')),
  refuse: measured(() => import('./refuse.ts')),
  'sign-in': measured(() => import('./sign-in.ts')),
  list: measured(() => import('./list.ts')),
  pipeline: measured(() => import('./pipeline.ts')),
  search: measured(() => import('./search.ts')),
  write: measured(() => import('./write.ts')),
  import: measured(() => import('./import.ts')),
  start: measured(() => import('./start.ts')),
  page: measured(() => import('./page.ts')),
  flood: measured(() => import('./flood.ts')),
  scale: measured(() => import('./scale.ts')),
};

const { names, json, quick, minutes, rows, data, fault } = readArguments(process.argv.slice(2));
if (fault || names.length === 0) {
  console.error(fault ?? 'Name at least one benchmark.');
  console.error(`The benchmarks are: ${[...Object.keys(benchmarks), 'lockout'].join(', ')}`);
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopAll().then(() => process.exit(130)));

const results: object[] = [];
let failed = false;
try {
  for (const name of names) results.push(...(await one(name)));
} catch (error) {
  failed = true;
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
} finally {
  await stopAll();
}
if (json && results.length > 0)
  writeFileSync(json, `${JSON.stringify(results.length === 1 ? results[0] : results, null, 2)}\n`);
process.exit(failed ? 1 : 0);

async function one(name: string): Promise<object[]> {
  if (name === 'lockout') {
    const { run } = await import('./lockout/index.ts');
    return [await run({ quick })];
  }
  console.error(`${name} …`);
  const found =
    (await benchmarks[name]?.({
      quick,
      ...(minutes ? { minutes } : {}),
      ...(rows ? { rows } : {}),
      ...(data ? { data } : {}),
    })) ?? [];
  console.log(table(found));
  return found;
}

function readArguments(args: string[]) {
  const names: string[] = [];
  let json: string | undefined;
  let quick = false;
  let minutes: number | undefined;
  let rows: number | undefined;
  let data: string | undefined;
  let fault: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--quick') quick = true;
    else if (arg === '--json') json = args[++i];
    else if (arg.startsWith('--json=')) json = arg.slice('--json='.length);
    else if (arg === '--minutes') minutes = Number(args[++i]);
    else if (arg.startsWith('--minutes=')) minutes = Number(arg.slice('--minutes='.length));
    else if (arg === '--rows') rows = Number(args[++i]);
    else if (arg.startsWith('--rows=')) rows = Number(arg.slice('--rows='.length));
    else if (arg === '--data') data = args[++i];
    else if (arg.startsWith('--data=')) data = arg.slice('--data='.length);
    else if (arg in benchmarks || arg === 'lockout') names.push(arg);
    else fault = `There is no benchmark “${arg}”.`;
  }
  if (minutes !== undefined && !(minutes > 0 && minutes <= 120))
    fault ??= '--minutes takes a number up to 120.';
  if (minutes !== undefined && names.some(name => name !== 'flood'))
    fault ??= '--minutes is for `flood` alone.';
  if (rows !== undefined && !(rows >= 1_000 && rows <= 5_000_000))
    fault ??= '--rows takes a number from 1,000 to 5,000,000.';
  if (rows !== undefined && names.some(name => name !== 'import')) fault ??= '--rows is for `import` alone.';
  return { names, json, quick, minutes, rows, data, fault };
}
