// One throw-away PostgreSQL for the whole run, with a migrated template that every test file clones.
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../db/migrate.ts';
import { startThrowAwayCluster } from './cluster.ts';

export const appPassword = 'test-role-password';
export const templateName = 'latchkey_template';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startThrowAwayCluster();
  const client = new pg.Client({ connectionString: cluster.ownerUrl });
  await client.connect();
  await client.query(`create database ${templateName}`);
  await client.end();
  const url = new URL(cluster.ownerUrl);
  url.pathname = `/${templateName}`;
  await migrate(url.href, appPassword);
  project.provide('clusterUrl', cluster.ownerUrl);
  return cluster.stop;
}

declare module 'vitest' {
  interface ProvidedContext {
    clusterUrl: string;
  }
}
