// Photographs a page in every dress and runs axe over it. Pictures land in .shots; a violation fails the run.
//   npm run look                                 the gallery
//   npm run look -- 'index.html' --door          the app against a core listening on $XINMEI_DOOR
//   npm run look -- 'gallery.html?view=forms' --only 1360-light,320-light
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { door: { type: 'boolean' }, only: { type: 'string' }, lang: { type: 'string', default: 'zh-CN' } },
});
const views = ['today', 'forms', 'table', 'states'];
const overlays = ['today&settings', 'today&dialog', 'today&keys', 'today&toast'];
const pages = positionals.length ? positionals : [...views, ...overlays].map((view) => `gallery.html?view=${view}`);
const dresses = [
  { name: '1360-light', width: 1360, height: 850 },
  { name: '1360-dark', width: 1360, height: 850, theme: 'dark' },
  { name: '1360-large', width: 1360, height: 850, large: true },
  { name: '1360-contrast', width: 1360, height: 850, contrast: 'more' },
  { name: '1024-light', width: 1024, height: 700 },
  { name: '320-light', width: 320, height: 640 },
  { name: '320-large', width: 320, height: 640, large: true },
].filter(({ name }) => !values.only || values.only.split(',').includes(name));

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = await createServer({ mode: values.door ? 'door' : 'development', server: { port: 0, strictPort: false }, logLevel: 'error' });
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
await mkdir('.shots', { recursive: true });
let wrong = 0;

for (const page of pages) {
  for (const dress of dresses) {
    const context = await browser.newContext({
      viewport: { width: dress.width, height: dress.height },
      reducedMotion: 'reduce',
      contrast: dress.contrast ?? 'no-preference',
      timezoneId: 'Asia/Shanghai',
      locale: 'zh-CN',
    });
    const kept = { theme: dress.theme ?? 'light', large: dress.large ?? false, language: values.lang, keys: true };
    await context.addInitScript((prefs) => localStorage.setItem('xinmei.prefs', prefs), JSON.stringify(kept));
    const tab = await context.newPage();
    tab.on('pageerror', (error) => (wrong++, console.error(`${page} ${dress.name}: ${error.message}`)));
    const query = new URLSearchParams({ theme: kept.theme, type: dress.large ? 'large' : 'normal', lang: values.lang });
    await tab.goto(`${server.resolvedUrls.local[0]}${page}${page.includes('?') ? '&' : '?'}${query}`);
    // The first visit compiles; the picture waits for the screen and its fonts.
    await tab.waitForSelector('h1');
    await tab.evaluate(() => document.fonts.ready);
    await tab.waitForTimeout(250);
    const name = `${page.replace(/\.html|[?=&/]+/g, '-').replace(/-+/g, '-')}-${dress.name}`;
    await tab.screenshot({ path: `.shots/${name}.png` });
    await tab.evaluate(axe);
    const found = await tab.evaluate(() =>
      globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
    );
    for (const { id, help, nodes } of found.violations) {
      wrong += nodes.length;
      console.error(`${name}: ${id}, ${help}`);
      for (const node of nodes.slice(0, 4)) console.error(`    ${node.target.join(' ')}  ${node.any[0]?.message ?? ''}`);
    }
    const wide = await tab.evaluate(() => Math.max(document.documentElement.scrollWidth, document.querySelector('main')?.scrollWidth ?? 0) - innerWidth);
    if (wide > 0) (wrong++, console.error(`${name}: ${wide} px wider than the window`));
    await context.close();
  }
}
await browser.close();
await server.close();
console.log(wrong ? `${wrong} to mend` : `${pages.length * dresses.length} pictures, nothing to mend`);
process.exit(wrong ? 1 : 0);
