// The page in Chromium: called by tests/page.rs with the folder of the pages, of the JSON reports on the same drafts,
// and of their texts.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const folder = path.resolve(process.argv[2]);
const load = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
const scalars = (text) => [...text];

// No window, no sandbox (tests often run as root), and none of the browser's own errands on the network.
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

// Runs a part of the test on a page; whatever the page asks for, complains of or shows by itself is a fault.
async function visit(browser, name, options, look) {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1440, height: 1000 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  const faults = [];
  const url = pathToFileURL(path.join(folder, `${name}.html`)).href;
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => { if (request.url() !== url) faults.push(`request: ${request.url()}`); });
  page.on('frameattached', () => faults.push('a frame'));
  await page.goto(url);
  try {
    await look(page);
  } catch (error) {
    error.message = `${name} ${JSON.stringify(options)}: ${error.message}`;
    throw error;
  }
  if (options.javaScriptEnabled !== false) {
    assert.equal(await page.evaluate(() => window.attacked), undefined);
    assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').length), 0);
  }
  assert.deepEqual(faults, [], name);
  await context.close();
}

// The text of each file as it is read off the page, with the place of each mark in it. A character that is shown by
// its code stands for itself.
const read = (page) => page.evaluate(() => [...document.querySelectorAll('.file')].map((file) => {
  let text = '';
  const marks = {};
  const walk = (node, ids) => {
    if (node.nodeType === Node.TEXT_NODE) {
      text += node.data;
      for (const id of ids) marks[id].text += node.data;
    } else if (node.classList.contains('unseen')) {
      const character = String.fromCodePoint(parseInt(node.dataset.code.slice(2), 16));
      text += character;
      for (const id of ids) marks[id].text += character;
    } else {
      const own = node.matches('mark') ? node.dataset.findings.split(' ') : ids;
      for (const id of own) marks[id] ??= { text: '', at: [...text].length };
      for (const child of node.childNodes) walk(child, own);
    }
  };
  for (const line of file.querySelectorAll('.line')) walk(line, []);
  return { text, marks, heads: [...file.querySelectorAll('.heads .note')].flatMap((n) => n.dataset.findings.split(' ')) };
}));

async function marksStandRight(page, name) {
  const report = load(`${name}.json`);
  const texts = load(`${name.split('.')[0]}.texts`);
  const files = await read(page);
  assert.equal(files.length, report.files.length);
  report.files.forEach((file, i) => {
    // There is no NUL in HTML; it is shown by its code like its kin.
    if (texts[i] !== null) assert.equal(files[i].text, texts[i]);
    report.diagnostics.filter((d) => d.path === file.path).forEach((d, j) => {
      const id = `${i + 1}-${j}`;
      if (!d.span) {
        assert.ok(files[i].heads.includes(id), id);
        return;
      }
      const mark = files[i].marks[id];
      assert.deepEqual([mark.text, mark.at], [d.text, d.span.start.char], id);
    });
  });
}

async function isAccessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  assert.deepEqual(violations.map((v) => [v.id, v.help, ...v.nodes.slice(0, 3).map((n) => `${n.html} ${n.failureSummary}`)]), []);
}

const visible = (page, selector) => page.locator(selector).filter({ visible: true }).count();
const painted = (page) => page.locator('mark:not(.off)').evaluateAll((marks) =>
  [...new Set(marks.flatMap((m) => m.dataset.findings.split(' ')))].length);

async function filtersWork(page, report) {
  const open = (test) => report.diagnostics.filter((d) => d.outcome === 'open' && test(d));
  const count = (list) => page.locator('#at').textContent().then((text) => assert.equal(text, list.length ? `– / ${list.length}` : '没有符合筛选的问题'));
  const entries = async (list) => {
    assert.equal(await visible(page, '.by-place li'), list.length);
    await count(list);
  };
  await entries(open(() => true));
  await page.locator('[name=severity][value=error]').uncheck();
  await entries(open((d) => d.severity !== 'error'));
  assert.equal(await visible(page, '.note.error:not(.aside)'), 0);
  assert.equal(await page.locator('mark.error').count(), 0);
  await page.locator('[name=severity][value=error]').check();
  await page.locator('[name=rule]').selectOption('term/');
  await entries(open((d) => d.rule.startsWith('term-')));
  await page.locator('[name=rule]').selectOption('');
  if (await page.locator('[name=aside]').count()) {
    await page.locator('[name=aside]').check();
    await entries(report.diagnostics);
    assert.equal(await visible(page, '.note.aside') > 0, true);
    assert.equal(await painted(page), report.diagnostics.filter((d) => d.span).length);
    await page.locator('[name=aside]').uncheck();
  }
  assert.equal(await visible(page, '.note.aside'), 0);
  assert.equal(await page.locator('mark.aside').count(), 0);
  await page.locator('[name=proofs]').check();
  assert.equal(await page.locator('.note.folded').count(), 0);
  await page.locator('[name=proofs]').uncheck();
  assert.equal(await page.locator('.note:not(.folded)').count(), 0);
}

async function keysWork(page) {
  const at = () => page.locator('#at').textContent().then((text) => Number.parseInt(text, 10));
  const all = Number((await page.locator('#at').textContent()).split('/')[1]);
  let expected = 0;
  for (const key of ['j', 'n', 'ArrowRight']) {
    await page.keyboard.press(key);
    assert.equal(await at(), expected += 1, key);
    assert.equal(await page.locator('.note.lit:not(.folded)').count(), 1);
    assert.ok(await page.locator('mark.lit, .heads .note.lit').first().isVisible());
    assert.ok(await page.evaluate(() => document.activeElement.matches('mark.lit > a, .note.lit .fold')));
  }
  for (const key of ['k', 'p', 'ArrowLeft']) {
    await page.keyboard.press(key);
    expected = expected === 1 ? all : expected - 1;
    assert.equal(await at(), expected, key);
  }
  await page.keyboard.press('j');
  assert.equal(await at(), 1, 'behind the last comes the first');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.lit').count(), 0);
  await page.locator('.keys summary').click();
  await page.locator('[name=keys]').uncheck();
  await page.locator('h1').click();
  await page.keyboard.press('j');
  assert.equal(await page.locator('.lit').count(), 0, 'the keys are switched off');
  await page.locator('[name=keys]').check();
  await page.locator('#on').click();
  assert.equal(await at(), 1);
  await page.locator('#back').click();
  assert.equal(await at(), all);
  await page.keyboard.press('Escape');
}

// What is chosen in one place shows in the others, and a proof unfolds and folds up at a click.
async function placesAreLinked(page) {
  const first = page.locator('.by-place li:visible a').first();
  const id = await first.evaluate((a) => a.parentElement.dataset.finding);
  await first.click();
  assert.ok(await page.locator(`.note.lit[data-findings~="${id}"]`).count());
  await page.keyboard.press('Escape');
  const summary = page.locator('.note:visible > .say').first();
  await summary.click();
  assert.equal(await page.locator('.note.lit:not(.folded)').count(), 1);
  await summary.click();
  assert.equal(await page.locator('.note:not(.folded)').count(), 0);
  await page.keyboard.press('Escape');
  await page.locator('h1').hover();
  const evidence = page.locator('.note:visible:has(.evidence)').first();
  await evidence.locator('.say').hover();
  assert.ok(await page.locator('.lit-evidence').count() > 0, 'evidence is lit under the pointer');
  await page.locator('h1').hover();
  assert.equal(await page.locator('.lit-evidence').count(), 0);
  const mark = page.locator('mark:not(.off) > a').first();
  await mark.click();
  assert.ok(await mark.evaluate((a) => a.parentElement.matches('.lit')));
  await page.keyboard.press('Escape');
  const ticks = page.locator('.ticks').first();
  await ticks.locator('summary').first().click();
  await ticks.locator('tbody tr a').first().click();
  assert.ok(await page.locator('.lit-evidence').count() > 0, 'the figures of a claim are lit');
}

async function copyingWorks(page, report, texts) {
  const fixes = report.diagnostics.filter((d) => d.outcome === 'open' && d.fix);
  assert.ok(fixes.length > 0);
  for (const d of fixes) {
    const file = report.files.findIndex((f) => f.path === d.path);
    const j = report.diagnostics.filter((other) => other.path === d.path).indexOf(d);
    await page.locator(`.by-place [data-finding="${file + 1}-${j}"] a`).click();
    await page.evaluate(() => navigator.clipboard.writeText('nothing'));
    await page.keyboard.press('c');
    await page.locator('.note.lit .copy', { hasText: '已复制' }).first().waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const text = scalars(texts[file]);
    let whole = '';
    let from = 0;
    for (const edit of d.fix.edits) {
      whole += text.slice(from, edit.span.start.char).join('') + edit.text;
      from = edit.span.end.char;
    }
    whole += text.slice(from).join('');
    assert.ok(copied !== 'nothing' && whole.includes(copied), copied);
    for (const edit of d.fix.edits) assert.ok(copied.includes(edit.text), copied);
    await page.keyboard.press('Escape');
  }
}

async function prints(page) {
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('#bar').isVisible(), false);
  assert.equal(await visible(page, '.proof'), await page.locator('.note').count(), 'every proof is on paper');
  await page.emulateMedia({ media: 'screen' });
  assert.equal(await visible(page, '.proof'), 0);
  assert.ok((await page.pdf({ format: 'A4' })).length > 0);
}

(async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  try {
    const names = ['drafts.zh', 'drafts.en', 'rich.zh', 'rich.en', 'attack.zh', 'empty.zh'];
    for (const name of names) {
      // Languages differ in words, not in colours.
      for (const colorScheme of name.endsWith('.zh') ? ['light', 'dark'] : ['light']) {
        await visit(browser, name, { colorScheme }, async (page) => {
          if (colorScheme === 'light') await marksStandRight(page, name);
          // As it comes, and with everything unfolded and shown.
          if (name === 'drafts.zh') await isAccessible(page);
          if (await page.locator('[name=aside]').count()) await page.locator('[name=aside]').check();
          if (await page.locator('#bar').isVisible()) await page.locator('[name=proofs]').check();
          await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
          if (await page.locator('mark').count()) await page.keyboard.press('j');
          await isAccessible(page);
        });
      }
    }
    for (const [name, width] of [['drafts.zh', 390], ['attack.zh', 390], ['drafts.en', 820], ['rich.zh', 1440]]) {
      await visit(browser, name, { viewport: { width, height: 844 } }, async (page) => {
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} is wide enough`);
      });
    }
    for (const name of ['drafts.zh', 'rich.zh']) {
      await visit(browser, name, {}, (page) => filtersWork(page, load(`${name}.json`)));
      await visit(browser, name, {}, keysWork);
      await visit(browser, name, {}, (page) => copyingWorks(page, load(`${name}.json`), load(`${name.split('.')[0]}.texts`)));
    }
    await visit(browser, 'drafts.zh', {}, placesAreLinked);
    await visit(browser, 'drafts.zh', {}, prints);
    await visit(browser, 'drafts.zh', { reducedMotion: 'no-preference' }, async (page) => {
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'smooth');
    });
    await visit(browser, 'drafts.zh', {}, async (page) => {
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
    });
    // Without the script everything is there to be read, and nothing to be pressed in vain.
    await visit(browser, 'rich.zh', { javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.locator('.note.folded').count(), 0);
      assert.equal(await visible(page, '.note'), await page.locator('.note').count());
      assert.equal(await visible(page, '#bar, button'), 0);
    });
  } finally {
    await browser.close();
  }
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
