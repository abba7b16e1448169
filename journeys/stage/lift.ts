// What stories about a phone without a network have in common: a rep whose phone is ready, and what the server holds.
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Person, visitor } from './browser.ts';
import { enter } from './door.ts';
import { settled } from './eyes.ts';
import { shelved } from './kept.ts';

export const rep = 'rep@demo.test';
export type Row = Record<string, unknown> & { id: string };

/** A rep whose phone has taken along what it needs. */
export async function equipped(browser: Browser, name = rep): Promise<Person> {
  const person = await visitor(browser, { size: 'phone', language: 'zh-CN', offlineShell: true });
  await enter(person, name);
  await person.page.goto('/');
  await settled(person.page);
  await person.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await shelved(person.page);
  return person;
}

/** What the server answers this person. */
export async function read(person: Person, path: string): Promise<Row & { items: Row[] }> {
  return (await person.context.request.get(`/api/v1${path}`)).json();
}

/** Adds a record behind the pages' back. */
export async function add(person: Person, path: string, data: object): Promise<Row> {
  const reply = await person.context.request.post(`/api/v1${path}`, { data });
  expect(reply.status()).toBe(201);
  return reply.json();
}

/** Until the page says that so many changes wait. */
export const waits = (page: Page, count: number) => page.getByText(`${count} 项修改等待提交`).waitFor();
