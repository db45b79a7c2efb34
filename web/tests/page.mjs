// The page that needs no install, in headless Chromium, used as a visitor would: from a folder of a host, and from disk.
// Needs `npm install` in tests/explore_page (playwright-core) and a Chromium; web/build.sh first.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const { chromium } = createRequire(join(here, "../../tests/explore_page/package.json"))("playwright-core");
const dist = process.env.DIST ?? join(here, "../dist");
const shots = process.env.SHOTS;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

const server = createServer((request, response) => {
  const path = new URL(request.url, "http://x").pathname;
  const name = path.startsWith("/some/folder/") ? path.slice("/some/folder/".length) || "index.html" : "none";
  let body = null;
  try { body = readFileSync(join(dist, name)); } catch { response.writeHead(404).end(); return; }
  response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" }).end(body);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const site = `http://127.0.0.1:${server.address().port}/some/folder/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

/** A page in a profile of its own; remembers what it asked for and what went wrong. */
async function fresh(address, size = { width: 1280, height: 900 }) {
  const context = await browser.newContext({ viewport: size, acceptDownloads: true });
  const page = await context.newPage();
  page.asked = [];
  page.wrong = [];
  context.on("request", (request) => page.asked.push(request.url()));
  page.on("pageerror", (error) => page.wrong.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") page.wrong.push(message.text()); });
  const since = Date.now();
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForSelector("body[data-ready]", { timeout: 40000 }).catch((error) => { throw new Error(`${page.wrong.join("\n")}\n${error}`); });
  page.opened = Date.now() - since;
  return page;
}

const settled = (page, start, timeout = 60000) => page.waitForFunction(
  (text) => document.getElementById("status").textContent.startsWith(text), start, { timeout });
const fill = async (page, id, value) => { await page.locator(`#${id}`).fill(value); await page.locator(`#${id}`).press("Tab"); };
const small = async (page) => { await fill(page, "field-town-residents", "2000"); await fill(page, "field-run-months", "24"); };
const saved = async (page, id) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`#${id}`)]);
  return readFileSync(await download.path());
};

const tests = {
  async "a run, its files, and the link in a fresh profile"() {
    const page = await fresh(site);
    await small(page);
    await page.selectOption("#town", "factory");
    await fill(page, "field-automation-saving_to_prices", "35%");
    await page.locator("#policies summary").first().click();
    await page.check("#field-policies-basic_income");
    await page.click("#run");
    await settled(page, "Finished");
    assert.equal(await page.locator("#charts path.yours").count(), 6);
    assert.ok(await page.locator("#figures tbody tr").count() > 10);
    const csv = await saved(page, "yours-csv");
    const scenario = await saved(page, "save");
    assert.match(String(scenario), /saving_to_prices = 0\.35\n/);
    assert.match(String(await saved(page, "yours-report")), /^<!DOCTYPE html>/i);
    const address = page.url();
    assert.match(address, /town\.kind=factory/);
    const again = await fresh(address);
    await settled(again, "Finished");
    assert.equal(await again.inputValue("#town"), "factory");
    assert.ok(await again.isChecked("#field-policies-basic_income"));
    assert.ok((await saved(again, "yours-csv")).equals(csv), "the link gives the same bytes");
    if (shots) await again.screenshot({ path: join(shots, "web-1280.png") });
    for (const one of [page, again]) {
      assert.deepEqual(one.wrong, []);
      assert.deepEqual(one.asked.filter((url) => !url.startsWith(site) && !url.startsWith("blob:") && !url.startsWith("data:")), [], "no other host is asked");
    }
    return `open in ${page.opened} ms`;
  },

  async "a bad value is explained beside its field and nothing runs"() {
    const page = await fresh(site);
    await fill(page, "field-automation-awareness", "150%");
    await page.click("#run");
    await settled(page, "Not run");
    assert.match(await page.textContent("#field-automation-awareness-error"), /0.*1/);
    assert.deepEqual(page.wrong, []);
  },

  async "eight pairs with a band, and a run that is stopped"() {
    const page = await fresh(site);
    await small(page);
    await page.selectOption("#scenario", "fast-ai");
    const since = Date.now();
    await page.click("#many");
    await settled(page, "Finished 8 pairs");
    const took = Date.now() - since;
    assert.equal(await page.locator("#charts polygon.band").count(), 12);
    assert.match(await page.textContent("#figures tbody tr td:last-child"), / to /);
    if (shots) await page.screenshot({ path: join(shots, "web-band.png") });
    await fill(page, "field-run-months", "600");
    await page.click("#run");
    await settled(page, "Running");
    await page.click("#stop");
    await settled(page, "Stopped");
    await fill(page, "field-run-months", "12");
    await page.click("#run");
    await settled(page, "Finished.");
    assert.deepEqual(page.wrong, []);
    return `8 pairs of 2,000 residents over 24 months: ${took} ms`;
  },

  async "a real place, and no network after the first visit"() {
    const page = await fresh(site);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await caches.keys()).length > 0 && Boolean(navigator.serviceWorker.controller));
    await page.context().setOffline(true);
    await page.reload();
    await page.waitForSelector("body[data-ready]", { timeout: 40000 });
    await small(page);
    await page.click("#run");
    await settled(page, "Finished");
  },

  async "one file from disk, at the width of a phone"() {
    const page = await fresh(pathToFileURL(join(dist, "mainstreet.html")).href, { width: 400, height: 800 });
    await small(page);
    await page.click("#run");
    await settled(page, "Finished");
    const { wide, seen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, seen: innerWidth }));
    assert.ok(wide <= seen, `${wide} px of content in ${seen}`);
    if (shots) await page.screenshot({ path: join(shots, "web-400.png") });
    assert.deepEqual(page.wrong, []);
    assert.ok(page.asked.every((url) => /^(file|blob|data):/.test(url)), "no host is asked");
  },
};

let failed = 0;
const only = process.argv[2] ?? "";
for (const [name, test] of Object.entries(tests).filter(([name]) => name.includes(only))) {
  try {
    const told = await test();
    console.log(`ok    ${name}${told ? ` (${told})` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`wrong ${name}\n${error.stack}`);
  }
}
await browser.close();
server.close();
process.exitCode = failed ? 1 : 0;
