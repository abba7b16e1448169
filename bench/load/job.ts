// What is asked of the load generator and what it answers.

/** Stands in a request for a number that is new each time, of the same width. */
export const placeholder = '########';

export type Job = {
  host: string;
  port: number;
  /** Whole HTTP/1.1 requests as text; taken in turns, so that with one per connection each keeps its own. */
  requests: string[];
  connections: number;
  seconds: number;
};

export type Fired = {
  count: number;
  seconds: number;
  statuses: Record<string, number>;
  /** Milliseconds. */
  median: number;
  p95: number;
  p99: number;
  /** Processor time of the generator itself per request. */
  cpuMicros: number;
  /** How much of the time the generator's event loop was at work, 0 to 1: near 1 it is the bottleneck itself. */
  busy: number;
};
