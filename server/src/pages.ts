// Serves the built pages: the door (signing in) and the app, under a strict policy.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';
import type { Bindings } from './app.ts';
import type { Config } from './config.ts';

const dist = fileURLToPath(new URL('../../web/dist/', import.meta.url));

/** Pages that are the light "door"; everything else that is no file is the app. */
const doorPaths =
  /^\/(sign-in|locked|recover(\/.*)?|was-it-you\/.*|invitation\/.*|support|check|set-up|outbox|reset)\/?$/;

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Adds the pages behind all other routes. Without a build every page says so in words. */
export function addPages(app: Hono<{ Bindings: Bindings }>, config: Config): void {
  const headers: Record<string, string> = {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(config.secure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
  const dress = (c: Context) => {
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
  };
  app.get('/.well-known/change-password', c => c.redirect('/new-password', 302));
  app.get(
    '*',
    async (c, next) => {
      dress(c);
      await next();
    },
    serveStatic({
      root: dist,
      rewriteRequestPath: path => path.replace(/(^|\/)\.+(?=\/|$)/g, ''),
      precompressed: true,
      onFound: (_, c) => {
        const kept = c.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
        c.header('cache-control', kept);
      },
    }),
    c => {
      if (/\.\w{2,5}$/.test(c.req.path)) return c.text('not found\n', 404);
      c.header('cache-control', 'no-cache');
      return c.html(page(doorPaths.test(c.req.path) ? 'door.html' : 'index.html'));
    },
  );
}

const pages = new Map<string, string>();

function page(name: string): string {
  const known = pages.get(name);
  if (known) return known;
  const path = dist + name;
  if (!existsSync(path))
    return '<!doctype html><title>Latchkey</title><p>The pages are not built: run npm run build.';
  const html = readFileSync(path, 'utf8');
  pages.set(name, html);
  return html;
}
