// Hands this process over to the pinned runtime, whatever Node the machine has.
import { spawn } from 'node:child_process';
import { runtime, runtimeEnvironment } from './prepare.mjs';

/** Young objects are swept by one thread: other cores have a database to run, and handing the work out costs more. */
export const runtimeFlags = ['--no-parallel-scavenge'];

const watchParent = new URL('watch-parent.mjs', import.meta.url).href;

// Without npm a server may outlive its shell on purpose (nohup, disown).
const underNpm = process.env.npm_lifecycle_event !== undefined;

/** Runs the pinned runtime in place of this program: same terminal, same signals, same exit code. */
export async function runOnPinned(args) {
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    const preload = underNpm ? ['--import', watchParent] : [];
    try {
      process.execve(runtime, [runtime, ...preload, ...args], runtimeEnvironment);
    } catch {
      // Some sandboxes forbid it: a child does as well.
    }
  }
  if (underNpm) await import(watchParent);
  const child = spawn(runtime, ['--import', watchParent, ...args], {
    stdio: 'inherit',
    env: runtimeEnvironment,
  });
  // Ctrl-C reaches the child by itself through the terminal; twice would mean "at once" to it.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('error', error => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
