// From settings to a listening server: database, migrations, installation, HTTP; and back again.
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import { startChores } from './chores.ts';
import type { Config } from './config.ts';
import { openDatabase } from './db/open.ts';
import { sessionKeeper } from './devices/devices.ts';
import { listener } from './edge/listener.ts';
import { checkRegistry, registry, standsFresh } from './factors/factors.ts';
import { openGates } from './gates.ts';
import { addHealth } from './health.ts';
import { type OpenInstallation, openInstallation } from './installation.ts';
import { openJobs } from './jobs.ts';
import { heldBack } from './locks/locks.ts';
import { addPages } from './pages.ts';
import { routes } from './routes.ts';
import { readOrMakeSecret, secretsFrom } from './secrets.ts';
import { version } from './version.ts';
import { registerWorkers } from './workers.ts';
import * as workspaces from './workspaces/workspaces.ts';

export type Server = { url: string; installation: OpenInstallation; close: () => Promise<void> };
export type ServeOutcome = { kind: 'serving'; server: Server } | { kind: 'fault'; sentence: string };

/**
 * Starts one server process. Whatever can go wrong at a start comes back as one clear sentence; nothing has been
 * damaged then and nothing is left running.
 */
export async function serve(
  wanted: Config,
  log: Logger,
  prepare?: (installation: OpenInstallation) => Promise<void>,
  proofs: Parameters<typeof checkRegistry>[0] = registry,
): Promise<ServeOutcome> {
  try {
    checkRegistry(proofs);
  } catch (error) {
    return { kind: 'fault', sentence: `It would not be safe: ${reason(error)}.` };
  }
  const chosen = await choosePort(wanted);
  if ('sentence' in chosen) return { kind: 'fault', sentence: chosen.sentence };
  const { config } = chosen;
  let secret: Buffer;
  try {
    secret = readOrMakeSecret(config.secretFile);
  } catch (error) {
    return { kind: 'fault', sentence: `The installation secret cannot be used: ${reason(error)}.` };
  }
  const secrets = secretsFrom(secret);
  const database = await openDatabase(config, secrets, log);
  if (database.kind === 'fault') return database;
  const closing: (() => Promise<void>)[] = [database.close];
  const closeAll = async () => {
    for (const close of closing.reverse())
      await close().catch(error => log.error({ err: error }, 'not closed cleanly'));
  };
  try {
    const jobs = await openJobs({ ownerUrl: database.ownerUrl, appUrl: database.appUrl, log });
    const installation = await openInstallation({ config, log, appUrl: database.appUrl, secrets, jobs });
    closing.push(installation.close);
    if (prepare) await prepare(installation);
    const { url, close } = await listenHttp(installation, log);
    closing.push(close);
    registerWorkers(installation);
    closing.push(startChores(installation));
    jobs.start().catch(error => log.error({ err: error }, 'the job queue could not be started'));
    return { kind: 'serving', server: { url, installation, close: closeAll } };
  } catch (error) {
    await closeAll();
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') return { kind: 'fault', sentence: portInUse(config) };
    throw error;
  }
}

async function listenHttp(installation: OpenInstallation, log: Logger) {
  const { config } = installation;
  const doors = {
    workspace: workspaces.frontDoor(installation),
    session: sessionKeeper(installation),
    fresh: standsFresh,
    heldBack,
  };
  const gates = openGates(installation, routes, doors);
  const app = buildApp(installation, routes, doors, version, gates);
  addHealth(app, installation);
  addPages(app, config);
  const server = createServer(
    { requestTimeout: 900_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 },
    listener(gates, getRequestListener(app.fetch)),
  );
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // A crowd that connects at once must not cost others the seconds that TCP waits before it asks again.
    server.listen({ port: config.port, host: config.host, backlog: 4_096 }, resolve);
  });
  const close = () =>
    new Promise<void>(resolve => {
      const hard = setTimeout(() => {
        log.warn({ open: sockets.size }, 'requests under way were cut off');
        for (const socket of sockets) socket.destroy();
      }, 10_000);
      server.close(() => {
        clearTimeout(hard);
        resolve();
      });
      installation.signals.tell({ kind: 'closing' });
      server.closeIdleConnections();
    });
  return { url: config.url, close };
}

/**
 * A used port is told before anything else is touched; port 0 becomes a free one now, since links in messages need it.
 */
async function choosePort(config: Config): Promise<{ config: Config } | { sentence: string }> {
  const probe = createServer();
  return new Promise(resolve => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = `Cannot listen on ${config.host}:${config.port}: ${error.code}. Choose another HOST or PORT.`;
      resolve({ sentence: error.code === 'EADDRINUSE' ? portInUse(config) : sentence });
    });
    probe.listen(config.port, config.host, () => {
      const { port } = probe.address() as AddressInfo;
      const url = config.port === 0 ? config.url.replace(/:0$/, `:${port}`) : config.url;
      probe.close(() => resolve({ config: { ...config, port, url } }));
    });
  });
}

function portInUse(config: Config): string {
  return `Port ${config.port} on ${config.host} is in use by another program. Stop that one, or choose another, e.g. PORT=${config.port + 1}.`;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
