// Opens everything one server process works with, and closes it again in the right order.
import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { openDatabases } from './db/pool.ts';
import { dice } from './dice.ts';
import { openGeo } from './geo.ts';
import type { Jobs } from './jobs.ts';
import { openMailer } from './mailer.ts';
import { makePasswords } from './passwords.ts';
import { openScreening } from './screening/screening.ts';
import type { Secrets } from './secrets.ts';
import { listen } from './signals.ts';
import { openSms } from './sms/sender.ts';
import type { Installation } from './world.ts';

export type OpenInstallation = Installation & { close: () => Promise<void> };

/** Opens the installation on a migrated database; `jobs` are handed in, as tests run them in their own way. */
export async function openInstallation(input: {
  config: Config;
  log: Logger;
  appUrl: string;
  secrets: Secrets;
  jobs: Jobs;
  now?: () => number;
  poolSize?: number;
}): Promise<OpenInstallation> {
  const { config, log, jobs } = input;
  const geo = openGeo(config.geoIp, log);
  const databases = openDatabases(input.appUrl, {
    size: input.poolSize ?? 20,
    onError: error => log.warn({ err: error }, 'a database connection was lost'),
  });
  const signals = listen(input.appUrl, log);
  const mail = openMailer(config, log);
  const sms = openSms(config, log);
  const [passwords, screening] = await Promise.all([
    makePasswords(config.passwordCost, Math.max(1, availableParallelism())),
    openScreening({
      breachFile: config.breachFile,
      onFault: error => log.warn({ err: error }, 'the breach file can no longer be read and is left out'),
    }),
    signals.ready,
  ]);
  return {
    config,
    log,
    now: input.now ?? Date.now,
    random: dice,
    secrets: input.secrets,
    passwords,
    screening,
    databases,
    mail,
    sms,
    jobs,
    signals,
    geo,
    close: async () => {
      await jobs.stop();
      await signals.close();
      mail.close();
      screening.close();
      await databases.close();
    },
  };
}
