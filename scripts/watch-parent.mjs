// Preloaded into the server: when npm was killed without a word, the server shuts down instead of lingering.
import { readFileSync } from 'node:fs';

const patience = 30_000;

/** Name and parent of a process; null where the system has no /proc or the process has ended. */
function look(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const end = stat.lastIndexOf(')');
    return {
      name: stat.slice(stat.indexOf('(') + 1, end),
      parent: Number(stat.slice(end + 2).split(' ')[1]),
    };
  } catch {
    return null;
  }
}

// npm runs a script through a shell, which outlives it: then the one to watch is the shell's parent.
const parent = process.ppid;
const shell = look(parent);
const throughShell = shell !== null && /^(ba|da|a|z)?sh$/.test(shell.name);
const isAlone = () => process.ppid !== parent || (throughShell && look(parent)?.parent !== shell.parent);

const watch = setInterval(() => {
  if (!isAlone()) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), patience).unref();
}, 500);
watch.unref();
