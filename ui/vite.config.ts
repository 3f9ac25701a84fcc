import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  plugins: [
    // Tests read what `npm run messages` made: the plugin's watcher would keep them from ending.
    mode !== 'test' &&
      paraglideVitePlugin({
        project: './project.inlang',
        outdir: './src/lib/paraglide',
        strategy: ['baseLocale'],
        emitReadme: false,
      }),
    svelte(),
  ],
  resolve: {
    alias: {
      $lib: here('./src/lib'),
      $parts: here('./src/parts'),
      $messages: here('./src/lib/messages.ts'),
    },
    // Under vitest the browser build of Svelte must be chosen over the server one.
    conditions: mode === 'test' ? ['browser'] : undefined,
  },
  clearScreen: false,
  server: {
    port: 1420,
    strictPort: true,
    // The core in a browser: `XINMEI_DOOR=<port> npm run dev:door`.
    proxy: { '/door': `http://127.0.0.1:${process.env.XINMEI_DOOR ?? '7420'}` },
  },
  build: {
    // The oldest webviews we ship to; both know light-dark() and container queries.
    target: ['safari17.5', 'chrome123'],
    // The window's policy is `default-src 'self'`: nothing may become a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.test.ts', 'tests/**/*.test.svelte.ts'],
    setupFiles: ['tests/setup.ts'],
    // Left to itself it keeps one core free, of two.
    maxWorkers: '100%',
    // A whole window with axe, on a busy machine.
    testTimeout: 20_000,
  },
}));
