// Preloaded into the server: when npm was killed without a word, the server shuts down instead of lingering.
const parent = process.ppid;
const patience = 30_000;

const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), patience).unref();
}, 500);
watch.unref();
