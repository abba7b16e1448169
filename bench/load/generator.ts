// The load generator: a process of its own that keeps a number of connections busy, one request at a time on each.
import { type Connection, connect } from './connection.ts';
import type { Fired, Job } from './job.ts';
import { placeholder } from './job.ts';

const counterWidth = placeholder.length;
let counter = 0;

/** Requests as bytes; one with the placeholder gets a new number every time it is sent. */
function feeder(texts: string[]): (turn: number) => Buffer {
  const parts = texts.map(text => ({ text, whole: Buffer.from(text), numbered: text.includes(placeholder) }));
  return turn => {
    const part = parts[turn % parts.length];
    if (!part) throw new Error('there is nothing to send');
    if (!part.numbered) return part.whole;
    const number = String(++counter).padStart(counterWidth, '0');
    return Buffer.from(part.text.replaceAll(placeholder, number));
  };
}

async function fire(job: Job): Promise<Fired> {
  const feed = feeder(job.requests);
  const statuses: Record<string, number> = {};
  const waits: number[] = [];
  const from = performance.now();
  const until = from + job.seconds * 1_000;
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const worker = async (first: number) => {
    const connection: Connection = await connect(job.host, job.port);
    // Connections keep to their own requests when there is one for each: a device's cookies stay on one connection.
    for (let turn = first; performance.now() < until; turn += job.connections) {
      const sent = performance.now();
      const status = await connection.send(feed(turn));
      waits.push(performance.now() - sent);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: job.connections }, (_, i) => worker(i)));
  const seconds = (performance.now() - from) / 1_000;
  const used = process.cpuUsage(cpu);
  waits.sort((a, b) => a - b);
  const quantile = (q: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * q))] ?? 0;
  return {
    count: waits.length,
    seconds,
    statuses,
    median: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    cpuMicros: (used.user + used.system) / Math.max(1, waits.length),
    busy: performance.eventLoopUtilization(loop).utilization,
  };
}

process.on('message', (job: Job) => {
  fire(job).then(
    fired => process.send?.({ fired }),
    error => process.send?.({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
