// The walls: what each file may import, held against every file of the tree, and against planted violations.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** From the ground up; a room uses the faces of rooms below it, never above. */
const floors = [
  'audit',
  'workspaces',
  'attempts',
  'staff',
  'rights',
  'devices',
  'messages',
  'alerts',
  'networks',
  'weather',
  'locks',
  'stories',
  'arrivals',
  'factors',
  'contact-points',
  'questions',
  'sign-in',
  'recovery',
  'accounts',
  'roles',
  'support',
  'desk',
  'set-up',
  'subjects',
  'files',
  'custom-fields',
  'records',
  'notices',
  'comments',
  'customers',
  'contacts',
  'leads',
  'activities',
  'deals',
  'conversion',
  'products',
  'orders',
  'tasks',
  'agenda',
  'pool',
  'sharing',
  'handover',
  'automation',
  'duplicates',
  'bin',
  'events',
  'analysis',
  'intake',
  'mapping',
  'landing',
  'imports',
  'exports',
  'search',
  'batches',
  'views',
  'first-steps',
  'self-check',
  'demo',
];

/** Files of a room that others may use; everything else of a room is its own. */
const faces = (room: string) => [
  `${room}.ts`,
  'contract.ts',
  'routes.ts',
  'fields.ts',
  'imported.ts',
  'merging.ts',
];

type File = { path: string; text: string };

function treeOf(folder: string): File[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !/node_modules|\/dist\//.test(name))
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())
    .map(path => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(?:type\s+)?(?:[\w*{][^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/g;
const dynamicPattern = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(file: File): string[] {
  return [...file.text.matchAll(importPattern), ...file.text.matchAll(dynamicPattern)].map(
    match => match[1] ?? '',
  );
}

function roomOf(path: string): string | null {
  const room = /^server\/src\/([\w-]+)\//.exec(path)?.[1];
  return room && floors.includes(room) ? room : null;
}

/** The violations of one file, in words. */
function violations(file: File): string[] {
  if (/\.(test|bench|fixture)\.tsx?$/.test(file.path)) return [];
  const found: string[] = [];
  for (const target of importsOf(file)) {
    const path = target.startsWith('.') ? normalize(join(dirname(file.path), target)) : target;
    const wrong = wallBetween(file, target, path);
    if (wrong) found.push(`${file.path} → ${target}: ${wrong}`);
  }
  if (/\bprocess\.env\b/.test(file.text) && !mayReadEnvironment(file.path))
    found.push(`${file.path}: only main.ts and cli.ts touch process.env`);
  return found;
}

function mayReadEnvironment(path: string): boolean {
  return /^server\/src\/(main|cli)\.ts$|^server\/src\/(testing|db\/embedded)\/|^bench\/|^journeys\/|^web\/vite/.test(
    path,
  );
}

function wallBetween(file: File, target: string, path: string): string | null {
  if (file.path.startsWith('engine/')) {
    if (!target.startsWith('.')) return 'the engine depends on nothing';
    return path.startsWith('engine/') ? null : 'the engine reaches nowhere outside itself';
  }
  if (file.path.startsWith('web/')) {
    if (path.startsWith('server/') || path.startsWith('engine/'))
      return 'pages see the server by its contract only';
    return target.startsWith('@latchkey/') && target !== '@latchkey/server/contract'
      ? 'pages see the server by its contract only'
      : null;
  }
  if (!file.path.startsWith('server/src/')) return null;
  if (path.startsWith('web/') || path.startsWith('bench/')) return 'the server does not know the pages';
  const own = roomOf(file.path);
  const base = file.path.split('/').at(-1) ?? '';
  if (base === 'contract.ts' && own) return contractWall(target, path);
  if (base === 'rules.ts' && own && isOutside(target)) return 'rules are pure: no I/O library';
  const other = roomOf(path);
  if (
    !own &&
    other &&
    /^server\/src\/(http|problems|world|permissions|secrets|config|memory|signals)\.ts$/.test(file.path)
  )
    return 'the ground does not know the rooms';
  if (!own || !other || own === other) return null;
  if (floors.indexOf(other) > floors.indexOf(own)) return `${own} lies below ${other}`;
  if (base === 'store.ts') return 'a store knows its own tables only';
  const face = path.split('/').slice(3).join('/');
  if (!faces(other).includes(face) && !openDoors.has(path)) return `${face} is private to ${other}`;
  return null;
}

/** Private files that one other room shares on purpose: recovery runs on the codes and flows of signing in. */
const openDoors = new Set([
  'server/src/sign-in/asking.ts',
  'server/src/sign-in/codes.ts',
  'server/src/sign-in/flow.ts',
  'server/src/sign-in/store.ts',
  'server/src/sign-in/session-cookies.ts',
  'server/src/sign-in/who.ts',
]);

function contractWall(target: string, path: string): string | null {
  if (target === 'zod') return null;
  return /^server\/src\/([\w-]+\/)?(contract|fields)\.ts$/.test(path)
    ? null
    : 'a contract is plain data over zod';
}

function isOutside(target: string): boolean {
  return /^(node:(fs|net|http|https|child_process|worker_threads)|pg|kysely|hono)/.test(target);
}

const tree = ['engine/src', 'server/src', 'web/src'].flatMap(folder =>
  existsSync(join(root, folder)) ? treeOf(join(root, folder)) : [],
);

describe('the walls', () => {
  it('stand everywhere', () => {
    expect(tree.length).toBeGreaterThan(100);
    expect(tree.flatMap(violations)).toEqual([]);
  });

  it('know every room of the server', () => {
    const rooms = readdirSync(join(root, 'server/src'), { withFileTypes: true })
      .filter(
        entry => entry.isDirectory() && existsSync(join(root, 'server/src', entry.name, `${entry.name}.ts`)),
      )
      .map(entry => entry.name);
    // Screening is ground like db/ and edge/: the world carries it.
    expect(rooms.filter(room => !floors.includes(room) && room !== 'screening')).toEqual([]);
  });

  it.each([
    ['server/src/staff/staff.ts', "import * as locks from '../locks/locks.ts';", 'below'],
    ['server/src/locks/locks.ts', "import { insertSession } from '../devices/store.ts';", 'private'],
    ['server/src/customers/contract.ts', "import pg from 'pg';", 'plain data'],
    ['server/src/locks/rules.ts', "import { readFileSync } from 'node:fs';", 'pure'],
    ['server/src/locks/store.ts', "import * as staff from '../staff/staff.ts';", 'own tables'],
    ['server/src/http.ts', "import * as staff from './staff/staff.ts';", 'ground'],
    ['engine/src/lane.ts', "import { sql } from 'kysely';", 'nothing'],
    ['engine/src/lane.ts', "import { x } from '../../server/src/world.ts';", 'nowhere'],
    ['web/src/home/HomePage.tsx', "import { x } from '../../../server/src/http.ts';", 'contract only'],
    ['web/src/home/HomePage.tsx', "const x = await import('@latchkey/engine');", 'contract only'],
    ['server/src/staff/staff.ts', 'const x = process.env.HOME;', 'process.env'],
    ['server/src/staff/staff.ts', "export * from\n  '../sign-in/sign-in.ts';", 'below'],
  ])('catch what is planted in %s: %s', (path, text, word) => {
    const found = violations({ path, text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(word);
  });

  it('hold files to four hundred lines', () => {
    const long = tree.filter(file => file.text.split('\n').length > 401).map(file => file.path);
    expect(long).toEqual([]);
  });
});
