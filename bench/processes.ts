// Processes that a benchmark starts: the product, references, generators; all of them end with the benchmark.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The runtime's settings are those of `npm start`.
const launcher = new URL('../scripts/pinned.mjs', import.meta.url).href;
const { runtimeFlags } = (await import(launcher)) as { runtimeFlags: string[] };

const children = new Set<ChildProcess>();
const folders = new Set<string>();

/** Keeps an eye on a child, so that it is stopped at the end. */
export function keep(child: ChildProcess, name: string): ChildProcess {
  children.add(child);
  child.on('exit', (code, signal) => {
    children.delete(child);
    if (code && !stopping) console.error(`${name} ended with ${code}${signal ? ` (${signal})` : ''}`);
  });
  return child;
}

let stopping = false;

/** Stops one child and waits until it is gone. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(hard);
}

/** Ends everything that was started and removes the temporary folders. */
export async function stopAll(): Promise<void> {
  stopping = true;
  await Promise.all([...children].map(stop));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
}

/** A folder that goes with the benchmark. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  folders.add(folder);
  return folder;
}

export type Started = { url: string; child: ChildProcess; pid: number; output: string; ms: number };

const main = fileURLToPath(new URL('../server/src/main.ts', import.meta.url));

/** Starts the product as it is shipped, on a free port of this machine; resolves when it says that it is ready. */
export async function startProduct(input: {
  dataDir: string;
  args?: string[];
  env?: Record<string, string>;
  execArgv?: string[];
}): Promise<Started> {
  const env = {
    ...process.env,
    PORT: '0',
    HOST: '127.0.0.1',
    LATCHKEY_DATA: input.dataDir,
    LATCHKEY_LOG: 'warn',
    NODE_ENV: 'production',
    DATABASE_URL: '',
    LATCHKEY_URL: '',
    ...input.env,
  };
  const from = performance.now();
  const child = spawn(
    process.execPath,
    [...runtimeFlags, ...(input.execArgv ?? []), main, ...(input.args ?? [])],
    {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  keep(child, 'the product');
  return ready(child, /Latchkey is ready at (\S+)/, from);
}

/** Starts a reference server of this folder; it prints `ready at URL`. */
export async function startReference(file: string, env: Record<string, string> = {}): Promise<Started> {
  const path = fileURLToPath(new URL(`references/${file}`, import.meta.url));
  const from = performance.now();
  const child = fork(path, {
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  keep(child, file);
  return ready(child, /ready at (\S+)/, from);
}

function ready(child: ChildProcess, sign: RegExp, from: number): Promise<Started> {
  return new Promise((resolve, reject) => {
    let output = '';
    const gone = (code: number | null) =>
      reject(new Error(`it ended with ${code} before it was ready\n${output}`));
    child.once('exit', gone);
    child.stdout?.on('data', (chunk: Buffer) => {
      if (output.length < 100_000) output += chunk.toString();
      const url = sign.exec(output)?.[1];
      if (url === undefined) return;
      child.off('exit', gone);
      resolve({ url, child, pid: child.pid ?? 0, output, ms: performance.now() - from });
    });
  });
}

/** Processor time a process has used, in seconds; null where the system does not tell. */
export function cpuSeconds(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

/** Resident memory of a process in bytes; null where the system does not tell. */
export function residentBytes(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
  } catch {
    return null;
  }
}

export const cores = availableParallelism();
