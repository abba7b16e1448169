// A thread that runs one trial after another.
import { parentPort } from 'node:worker_threads';
import { type Job, perform } from './jobs.ts';

parentPort?.on('message', (job: Job) => parentPort?.postMessage(perform(job)));
