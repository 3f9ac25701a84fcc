// Photographs every screen and dialog in every dress and runs axe over it. Pictures land in .shots; a violation fails the run.
//   npm run look                                        the gallery and all scenes of tests/look
//   npm run look -- parent- desk --only 320-light       scenes and views whose name holds one of these, in some dresses
//   npm run look -- --axe                               no pictures
//   npm run look -- --door 'index.html?screen=notices'  the app against a core listening on $XINMEI_DOOR
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build, createServer, preview } from 'vite';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { door: { type: 'boolean' }, axe: { type: 'boolean' }, only: { type: 'string' }, lang: { type: 'string', default: 'zh-CN' } },
});
// What a window can be changed into without opening it anew: its colours.
const light = { name: 'light' };
const dark = { name: 'dark', theme: 'dark' };
const skins = [light, dark, { name: 'contrast', contrast: 'more' }, { name: 'dark-contrast', theme: 'dark', contrast: 'more' }];
const windows = [
  { size: '1360', width: 1360, height: 850, skins },
  { size: '1360-large', width: 1360, height: 850, large: true, skins: [light] },
  { size: '1024', width: 1024, height: 700, skins: [light, dark] },
  { size: '1024-large', width: 1024, height: 700, large: true, skins: [light] },
  { size: '320', width: 320, height: 640, skins: [light] },
  { size: '320-large', width: 320, height: 640, large: true, skins: [light] },
];
const only = values.only?.split(',');
const shown = windows
  .map((window) => ({ ...window, skins: window.skins.filter((skin) => !only || only.includes(dressOf(window, skin))) }))
  .filter((window) => window.skins.length);

// The scenes are TypeScript, checked against the door: vite reads them.
const reader = await createServer({ server: { middlewareMode: true }, logLevel: 'error', appType: 'custom' });
const { scenes } = await reader.ssrLoadModule('/tests/look/scenes.ts');
const { ask, NOW } = await reader.ssrLoadModule('/tests/look/school.ts');
await reader.close();

const views = ['today', 'forms', 'table', 'states', 'today&settings', 'today&dialog', 'today&keys', 'today&toast'];
const gallery = views.map((view) => ({ name: `gallery-${view.replace('&', '-')}`, path: `gallery.html?view=${view}` }));
const wanted = ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word));
const pages = values.door ? positionals.map((path) => ({ name: path.replace(/\W+/g, '-'), path })) : [...gallery, ...scenes].filter(wanted);

const server = await serve();
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
await mkdir('.shots', { recursive: true });
let wrong = 0;
const complain = (words) => (wrong++, console.error(words));

const queue = pages.flatMap((page) => shown.map((window) => ({ page, window })));
const looks = queue.reduce((sum, { window }) => sum + window.skins.length, 0);
const worker = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { page, window } = next;
    const context = await browser.newContext({
      viewport: { width: window.width, height: window.height },
      reducedMotion: 'reduce',
      timezoneId: 'Asia/Shanghai',
      locale: 'zh-CN',
    });
    await look(context, page, window).catch((error) => complain(`${page.name} ${window.size}: ${error.message.split('\n').slice(0, 3).join(' ')}`));
    await context.close();
  }
};
await Promise.all(Array.from({ length: Math.max(1, availableParallelism() >> 1) }, worker));
await browser.close();
await server.close();
console.log(wrong ? `${wrong} to mend` : `${looks} looks, nothing to mend`);
process.exit(wrong ? 1 : 0);

/** The app as it is built, but with the door in the browser; against a core, as it is being worked on. */
async function serve() {
  if (values.door) {
    const dev = await createServer({ mode: 'door', server: { port: 0, strictPort: false }, logLevel: 'error' });
    await dev.listen();
    return dev;
  }
  const outDir = '.shots/app';
  await rm(outDir, { recursive: true, force: true });
  await build({ mode: 'door', logLevel: 'error', build: { outDir, rollupOptions: { input: ['index.html', 'gallery.html'] } } });
  return preview({ mode: 'door', logLevel: 'error', build: { outDir }, preview: { port: 0, strictPort: false } });
}

async function look(context, page, window) {
  const kept = { theme: 'light', large: window.large ?? false, language: values.lang, keys: true };
  await context.addInitScript((prefs) => localStorage.setItem('xinmei.prefs', prefs), JSON.stringify(kept));
  // What prints itself would wait for a printer: it is printed below.
  await context.addInitScript(() => (window.print = () => undefined));
  const tab = await context.newPage();
  tab.on('pageerror', (error) => complain(`${page.name} ${window.size}: ${error.message}`));
  if (page.school) {
    await tab.clock.setFixedTime(new Date(NOW));
    await tab.route('**/door', (route) => answer(route, page.school));
    // No news: 204 tells an event source not to come back.
    await tab.route('**/door/changed', (route) => route.fulfill({ status: 204 }));
  }
  await tab.goto(`${server.resolvedUrls.local[0]}${pathOf(page, window)}`);
  await tab.waitForSelector('h1');
  await tab.evaluate(() => document.fonts.ready);
  await tab.waitForTimeout(150);
  for (const step of page.steps ?? []) await take(tab, step);
  await tab.waitForTimeout(150);
  await tab.evaluate(axe);
  for (const skin of window.skins) {
    const name = `${page.name}-${dressOf(window, skin)}`;
    await tab.emulateMedia({ contrast: skin.contrast ?? 'no-preference' });
    await tab.evaluate((theme) => (document.documentElement.dataset.theme = theme), skin.theme ?? 'light');
    if (!values.axe) await tab.screenshot({ path: `.shots/${name}.png` });
    await judge(tab, name);
  }
  if (!page.print || window.size !== '1360') return;
  // What is printed may show more, or less, than the screen.
  await tab.emulateMedia({ media: 'print' });
  await harmless(tab, `${page.name}-print`);
  await tab.pdf({ path: `.shots/${page.name}.pdf`, preferCSSPageSize: true });
}

/** "320-large", "1360-dark". */
function dressOf({ size, large }, { name }) {
  return large ? size : `${size}-${name}`;
}

function pathOf(page, window) {
  const query = new URLSearchParams({ theme: 'light', type: window.large ? 'large' : 'normal', lang: values.lang });
  if (page.path) return `${page.path}${page.path.includes('?') ? '&' : '?'}${query}`;
  if (page.screen) query.set('screen', page.screen);
  if (page.with) query.set('with', JSON.stringify(page.with));
  if (page.link) query.set('link', page.link);
  return `index.html?${query}`;
}

async function answer(route, school) {
  try {
    await route.fulfill({ json: ask(school, route.request().postDataJSON()) });
  } catch (fault) {
    await route.fulfill({ status: 400, json: fault });
  }
}

async function take(tab, step) {
  const patience = { timeout: 5_000 };
  if ('click' in step) await tab.locator(step.click).first().click(patience);
  else if ('type' in step) await tab.locator(step.into).first().pressSequentially(step.type, patience);
  else if ('key' in step) await tab.keyboard.press(step.key);
  else await tab.setInputFiles('input[type=file]', { name: step.file, mimeType: 'application/octet-stream', buffer: Buffer.from('roster') });
  await tab.waitForTimeout(200);
}

async function judge(tab, name) {
  const found = await tab.evaluate(() =>
    globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  for (const { id, help, nodes } of found.violations) {
    wrong += nodes.length;
    console.error(`${name}: ${id}, ${help}`);
    for (const node of nodes.slice(0, 3)) console.error(`    ${node.target.join(' ')}  ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`);
  }
  // Nothing but what is made for it may scroll sideways.
  const wide = await tab.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('main, nav, dialog, dialog .body, [role=menu]')];
    return boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => `${box.localName} by ${box.scrollWidth - box.clientWidth} px`);
  });
  if (wide.length) complain(`${name}: too wide: ${wide.join(', ')}`);
  await harmless(tab, name);
  // A word on a button is not broken in two.
  const broken = await tab.evaluate(() =>
    [...document.querySelectorAll('button')]
      .filter((button) => {
        const text = button.textContent.trim();
        if (button.childElementCount || [...text].length > 2 || !text) return false;
        const range = document.createRange();
        range.selectNodeContents(button);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
      })
      .map((button) => button.textContent.trim()),
  );
  if (broken.length) complain(`${name}: broken in two: ${broken.join(', ')}`);
}

/** What people typed is text: nothing of it runs, and no sign that turns letters around reaches words of ours beside it. */
async function harmless(tab, name) {
  const harm = await tab.evaluate(() => {
    const turned = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (!/[\u202a-\u202e\u2066-\u2069]/.test(text.data) || text.parentElement.closest('.unseen')) continue;
      let scope = text.parentElement;
      const ends = (box) => getComputedStyle(box).display !== 'inline' || /isolate|plaintext/.test(getComputedStyle(box).unicodeBidi);
      while (!ends(scope)) scope = scope.parentElement;
      const after = document.createRange();
      after.setStart(text, text.length);
      after.setEndAfter(scope.lastChild);
      if (after.toString().trim()) turned.push(`${scope.localName}.${scope.className}: ${scope.textContent.trim().slice(0, 60)}`);
    }
    return { turned, ran: globalThis.hacked !== undefined || document.querySelector('body :is(script:not([type=module]), iframe, base, object, embed)') !== null };
  });
  if (harm.ran) complain(`${name}: something typed became a part of the page`);
  if (harm.turned.length) complain(`${name}: typed signs reach other words: ${harm.turned.slice(0, 5).join(' | ')}`);
}
