// Opens HTML reports in Chromium and says what is wrong with them, a line each: what axe-core finds (in both themes, wide
// and narrow, all unfolded), what asks the network, what the policy refuses, what does not fit its window, whether
// filters and folds work, and whether it reads without a script. Prints nothing where all is well.
//
//   node tests/browser/report.mjs MODULES CHROMIUM FILE…
//
// MODULES is a folder that holds playwright-core and axe-core; scripts/tools.sh makes one.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, executablePath, ...files] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let wrong = 0;
const complain = (where, what) => { wrong += 1; console.log(`${where}: ${what}`); };

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

async function open(file, where, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complain(where, `asks for ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complain(where, `console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complain(where, `script: ${error.message}`));
  await page.goto(pathToFileURL(resolve(file)).href);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) complain(where, `is ${overflow} pixels wider than its window`);
  return page;
}

// axe compares each element of a page with many others: of each list, which is all of one kind, it sees the beginning.
const KEPT = 15;

async function accessibility(page, where) {
  await page.evaluate((kept) => {
    for (const item of document.querySelectorAll('details')) item.open = true;
    // What is off the screen is laid out too, or axe sees it elsewhere than it will be.
    for (const item of document.querySelectorAll('.object, .check')) item.style.contentVisibility = 'visible';
    const lists = ['.object', '.check', '.list > li', '.sources tr'].map((it) => [...document.querySelectorAll(it)]);
    for (const list of document.querySelectorAll('.where ul')) lists.push([...list.children]);
    for (const list of lists) {
      for (const item of list.slice(kept)) item.remove();
    }
  }, KEPT);
  // By evaluate and not by a tag: the page's policy lets no other script in.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  }));
  for (const { id, help, nodes } of violations) {
    complain(where, `axe ${id} (${help}), ${nodes.length} times: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary.replaceAll('\n', ' ')}`);
  }
}

async function filters(page, where) {
  const found = await page.locator('.f').count();
  if (found === 0) return;
  const count = () => page.locator('.f:visible').count();
  const typed = async (text) => {
    await page.fill('#q', text);
    await page.waitForTimeout(400);
  };
  await typed('no finding says this');
  if (await page.locator('.f:not([hidden])').count() !== 0) complain(where, 'search leaves what does not match');
  if (!await page.locator('#none').isVisible()) complain(where, 'does not say that no finding passes');
  await page.click('#filters [type=reset]');
  await page.waitForTimeout(400);
  if (await count() !== found) complain(where, 'Clear does not bring all findings back');
  const code = await page.locator('.f').first().getAttribute('data-c');
  await page.selectOption('#check', code);
  await page.waitForTimeout(400);
  const others = await page.locator(`.f:not([hidden]):not([data-c="${code}"])`).count();
  if (others > 0) complain(where, `the filter for ${code} leaves ${others} others`);
  await page.click('#filters [type=reset]');
}

for (const file of files) {
  for (const [colorScheme, width, height] of [['light', 1280, 900], ['dark', 1280, 900], ['dark', 400, 800]]) {
    const where = `${file} (${colorScheme}, ${width})`;
    const page = await open(file, where, { colorScheme, viewport: { width, height } });
    await accessibility(page, where);
    await page.context().close();
  }
  const wide = { viewport: { width: 1280, height: 900 } };
  let page = await open(file, file, wide);
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.className);
  if (first !== 'skip') complain(file, `the first stop of the keyboard is ${first}, not the skip link`);
  await page.click('#theme');
  if (await page.evaluate(() => document.documentElement.dataset.theme) !== 'light') complain(file, 'the theme stays');
  await filters(page, file);
  await page.context().close();

  page = await open(file, `${file} (no script)`, { ...wide, javaScriptEnabled: false });
  if (await page.locator('#filters:visible, #theme:visible').count() > 0) complain(file, 'shows controls that need a script');
  await page.context().close();
}
await browser.close();
process.exitCode = wrong > 0 ? 1 : 0;
