// Handing over to the pinned runtime: in place of the launcher where Node can, as its child elsewhere.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const launcher = join(root, 'scripts', 'run.mjs');

// Takes a moment to end after a signal, as a server that drains does, and leaves word of it.
const program = `
import { writeFileSync } from 'node:fs';
const [note, mode] = process.argv.slice(2) as [string, string];
process.on('SIGTERM', () => setTimeout(() => { writeFileSync(note, 'ended in order'); process.exit(5); }, 100));
setInterval(() => {}, 1000);
writeFileSync(note, JSON.stringify({ pid: process.pid, version: process.version }));
if (mode === 'end') process.exit(7);
`;

let folder: string;
let file: string;
let note: string;
let started: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-pinned-'));
  file = join(folder, 'program.ts');
  note = join(folder, 'note');
  started = [];
  writeFileSync(file, program);
  writeFileSync(note, '');
});

afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const waysToRun = [
  { way: 'in place', flags: [] as string[] },
  // What Node 20 lacks is taken away, so that the launcher stays as the parent.
  { way: 'as a child', flags: ['--import', 'data:text/javascript,process.execve=undefined'] },
];

function command(flags: string[], mode: string): string[] {
  return [process.execPath, ...flags, launcher, relative(root, file), note, mode];
}

function launch(words: string[], env: Record<string, string> = {}): ChildProcess {
  const { npm_lifecycle_event: _, ...plain } = process.env;
  const [head = '', ...rest] = words;
  const child = spawn(head, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...plain, ...env } });
  started.push(child);
  return child;
}

async function noted(wanted: (text: string) => boolean): Promise<string> {
  for (let tries = 0; tries < 500; tries++) {
    const text = readFileSync(note, 'utf8');
    if (wanted(text)) return text;
    await new Promise(done => setTimeout(done, 20));
  }
  throw new Error(`the note still says: ${readFileSync(note, 'utf8')}`);
}

const running = () => noted(text => text.startsWith('{'));
const inOrder = (text: string) => text === 'ended in order';

for (const { way, flags } of waysToRun) {
  describe(`run ${way}`, () => {
    test('the program runs on the pinned version and its exit code is the launcher’s', async () => {
      const [code] = await once(launch(command(flags, 'end')), 'exit');
      expect(code).toBe(7);
      const { version } = JSON.parse(readFileSync(note, 'utf8')) as { version: string };
      const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
      expect(version).toBe(`v${manifest.dependencies.node}`);
    });

    test('a signal to the launcher lets the program end in its own time', async () => {
      const child = launch(command(flags, 'stay'));
      await running();
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      expect((await gone)[0]).toBe(5);
      expect(inOrder(readFileSync(note, 'utf8'))).toBe(true);
    });

    test('when npm is killed without a word the program ends in order instead of holding port and data', async () => {
      const script = `${command(flags, 'stay')
        .map(word => `'${word}'`)
        .join(' ')}; exit $?`;
      const standIn = `require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(script)}], { stdio: 'inherit' })`;
      const npm = launch([process.execPath, '-e', standIn], { npm_lifecycle_event: 'start' });
      await running();
      npm.kill('SIGKILL');
      await noted(inOrder);
    });
  });
}

test('when the launcher itself is killed its child ends in order', async () => {
  const child = launch(command(['--import', 'data:text/javascript,process.execve=undefined'], 'stay'));
  await running();
  child.kill('SIGKILL');
  await noted(inOrder);
});
