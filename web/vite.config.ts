// Builds two entries: the door (light, no component library) and the app; plus manifest and service worker.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const doorPaths = /^\/(sign-in|locked|recover|was-it-you|invitation|support|check|set-up|outbox)(\/|$|\?)/;

/** Serves door.html for the door's addresses while developing, as the server does in production. */
function doorAddresses(): Plugin {
  return {
    name: 'door-addresses',
    configureServer(server) {
      server.middlewares.use((request, _reply, next) => {
        if (request.url && doorPaths.test(request.url)) request.url = '/door.html';
        next();
      });
    },
  };
}

/** Writes text files compressed beside themselves, once and for good, for the server to hand out. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = 'dist' }, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!/\.(js|css)$/.test(name)) continue;
        const source = await readFile(join(dir, name));
        if (source.length < 1024) continue;
        await writeFile(join(dir, `${name}.br`), brotliCompressSync(source));
        await writeFile(join(dir, `${name}.gz`), gzipSync(source, { level: 9 }));
      }
    },
  };
}

const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export default defineConfig({
  // What every reply of the server is compared with (A19).
  define: { __LATCHKEY_VERSION__: JSON.stringify(version) },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:3000' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome109', 'safari16', 'firefox115'],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', door: 'door.html' },
    },
  },
  plugins: [
    react(),
    doorAddresses(),
    compressed(),
    VitePWA({
      strategies: 'generateSW',
      registerType: 'prompt',
      injectRegister: null,
      includeAssets: ['icon.svg', 'icons/*.png'],
      manifest: {
        id: '/',
        name: 'Latchkey CRM',
        short_name: 'Latchkey',
        description: 'Customer work that keeps intruders out and never locks the team out.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#f4f6f4',
        theme_color: '#1f5b4d',
        icons: [
          { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        ...{
          name_localized: { 'zh-CN': { value: 'Latchkey 客户管理', lang: 'zh-CN' } },
          short_name_localized: { 'zh-CN': { value: 'Latchkey 客户', lang: 'zh-CN' } },
        },
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,woff2,svg,png}'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/(api|assets|healthz|readyz|metrics|\.well-known)(\/|$)/, doorPaths],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        skipWaiting: false,
      },
    }),
  ],
});
