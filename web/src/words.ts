// Words in two languages: loads each room's file for the chosen language, remembers the choice, tells React.
import { useMemo, useSyncExternalStore } from 'react';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];
export const languageNames: Record<Language, string> = { 'zh-CN': '简体中文', en: 'English' };

export type Values = Record<string, string | number>;
export type Translate = (key: string, values?: Values) => string;

type Tree = { [key: string]: string | Tree };
// The door's alone are named here: a list of all of them would be a good part of what the door has to load.
const near = import.meta.glob<{ default: Tree }>('./{door,ui,locks}/words.*.json');

const remembered = 'latchkey.language';
const chosenHere = 'latchkey.language.chosen';
const listeners = new Set<() => void>();
const loaded = new Set<string>();
const bundles = new Map<string, Tree>();
let current: Language = 'en';
let version = 0;

/** The supported language nearest to a BCP 47 tag: all Chinese is Simplified Chinese, the rest English. */
export function nearest(tag: string | undefined | null): Language {
  return tag?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export function language(): Language {
  return current;
}

/** Starts in the remembered language, else the browser's, with the given rooms' words. Call once, before rendering. */
export async function startWords(...rooms: string[]): Promise<void> {
  const stored = localStorage.getItem(remembered);
  current = nearest(stored ?? navigator.languages[0] ?? navigator.language);
  document.documentElement.lang = current;
  await loadWords(...rooms);
}

/** Brings rooms' words in; a page's route calls it while the page itself loads. */
export async function loadWords(...rooms: string[]): Promise<void> {
  const missing = rooms.filter(room => !bundles.has(`${current} ${room}`));
  for (const room of rooms) loaded.add(room);
  if (missing.length === 0) return;
  const wanted = current;
  await Promise.all(missing.map(room => bring(room, wanted)));
  changed();
}

/** Changes the language everywhere; with `byHand` it is carried to the account at the next sign-in. */
export async function chooseLanguage(next: Language, byHand = true): Promise<void> {
  localStorage.setItem(remembered, next);
  if (byHand) sessionStorage.setItem(chosenHere, next);
  if (next === current) return;
  const missing = [...loaded].filter(room => !bundles.has(`${next} ${room}`));
  await Promise.all(missing.map(room => bring(room, next)));
  current = next;
  document.documentElement.lang = next;
  changed();
}

/** The language picked by hand since the last sign-in, once; null when none was picked. */
export function takeChosenLanguage(): Language | null {
  const chosen = sessionStorage.getItem(chosenHere);
  sessionStorage.removeItem(chosenHere);
  return chosen ? nearest(chosen) : null;
}

/**
 * Words outside React, e.g. in a notification: `say('shell', 'update.take')`. The room must be loaded. `{{name}}` in
 * the words is filled from `values`; with a `count` the key's `_one` or `_other` form is taken by the language's rule.
 */
export function say(room: string, key: string, values: Values = {}): string {
  const { count } = values;
  const plural = typeof count === 'number' ? find(room, `${key}_${rule().select(count)}`) : undefined;
  const text = plural ?? find(room, key) ?? (count === undefined ? undefined : find(room, `${key}_other`));
  return text?.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? '')) ?? key;
}

/** The words of a room: `const { t } = useWords('customers')`, then `t('list.title')`. */
export function useWords(room: string): { t: Translate; language: Language } {
  const seen = useSyncExternalStore(listen, () => version);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version means new words for the same room
  return useMemo(() => ({ t: (key, values) => say(room, key, values), language: current }), [room, seen]);
}

let rules: { language: Language; plural: Intl.PluralRules } | null = null;

function rule(): Intl.PluralRules {
  if (rules?.language !== current) rules = { language: current, plural: new Intl.PluralRules(current) };
  return rules.plural;
}

function find(room: string, key: string): string | undefined {
  let here: string | Tree | undefined = bundles.get(`${current} ${room}`);
  for (const part of key.split('.')) here = typeof here === 'object' ? here[part] : undefined;
  return typeof here === 'string' ? here : undefined;
}

async function bring(room: string, wanted: Language): Promise<void> {
  const path = `./${room}/words.${wanted}.json`;
  const file = near[path] ?? (await import('./all-words.ts')).files[path];
  if (!file) throw new Error(`No words for the room ${room} in ${wanted}`);
  bundles.set(`${wanted} ${room}`, (await file()).default);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(): void {
  version += 1;
  for (const listener of listeners) listener();
}
