// The explorer's page in headless Chromium, used as a visitor would. See README.md.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const program = process.env.MAINSTREET ?? join(here, "../../target/debug/mainstreet");
const shots = join(here, "shots");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
mkdirSync(shots, { recursive: true });

/** Starts the program and waits for its address. */
async function serve() {
  const served = spawn(program, ["explore", "--quiet"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: served.stdout })) return { served, address: line.trim() };
  throw new Error("the program printed no address");
}

const status = (page) => page.textContent("#status");
const settled = (page, start) => page.waitForFunction(
  (text) => document.getElementById("status").textContent.startsWith(text), start, { timeout: 120000 });
const errorOf = (page, id) => page.textContent(`#${id}-error`);

/** Moves the focus by Tab until it is on an element. */
async function tabTo(page, id, most = 200) {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.id) === id) return;
  }
  throw new Error(`Tab does not lead to #${id}`);
}

const tests = {
  async "it loads and every input has a name"(page) {
    const nameless = await page.evaluate(() => [...document.querySelectorAll("input, select, button")].filter((node) => {
      const label = node.labels?.[0]?.textContent ?? node.getAttribute("aria-label") ?? node.textContent;
      return !label.trim();
    }).map((node) => node.outerHTML));
    assert.deepEqual(nameless, []);
    assert.equal(await page.inputValue("#field-town-residents"), "20000");
    const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((node) => node.id));
    assert.equal(new Set(ids).size, ids.length, "every id is there once");
    const described = await page.evaluate(() => [...document.querySelectorAll("[aria-describedby]")].flatMap((node) =>
      node.getAttribute("aria-describedby").split(" ").filter((id) => !document.getElementById(id))));
    assert.deepEqual(described, []);
  },

  async "moving, running and comparing"(page) {
    await page.selectOption("#town", "factory");
    await page.selectOption("#scenario", "fast-ai");
    await page.waitForFunction(() => document.getElementById("field-automation-awareness").value === "0.08");
    await page.locator("#field-run-months").fill("60");
    // A slider moves its number and back.
    const slider = page.getByLabel("Optimism, slider");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    const moved = Number(await page.inputValue("#field-automation-optimism"));
    assert.ok(moved > 0, `the slider moves to ${moved}`);
    const since = Date.now();
    await page.click("#run");
    await settled(page, "Finished");
    console.log(`    20,000 residents, 60 months, twice: ${Date.now() - since} ms`);
    assert.match(await status(page), /Employment rate \d+\.\d%/);
    assert.equal(await page.locator("#figures tbody tr").count(), 17);
    assert.equal(await page.locator("#charts path.yours").count(), 6);
    assert.equal(await page.locator("#charts path.baseline").count(), 6);
    const label = await page.locator("#charts svg").first().getAttribute("aria-label");
    assert.match(label, /Employment rate: your town .* baseline .* difference/);
    await page.getByLabel("Indicator of chart 1").selectOption("firms");
    await page.waitForTimeout(100);
    assert.match(await page.locator("#charts svg").first().getAttribute("aria-label"), /^Firms in business/);
  },

  async "nothing changed gives one line"(page) {
    await page.locator("#field-run-months").fill("12");
    await page.click("#run");
    await settled(page, "Finished");
    assert.match(await status(page), /Nothing differs/);
  },

  async "downloading what was run"(page) {
    await page.fill("#name", "my-factory");
    await page.selectOption("#town", "factory");
    await page.locator("#field-run-months").fill("12");
    await page.click("#run");
    await settled(page, "Finished");
    const folder = mkdtempSync(join(tmpdir(), "explore-"));
    const saved = async (selector) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
      const path = join(folder, download.suggestedFilename());
      await download.saveAs(path);
      return path;
    };
    const toml = await saved("#save");
    const report = await saved("#yours-report");
    assert.ok(report.endsWith("my-factory-report.html"), report);
    assert.match(readFileSync(report, "utf8"), /In this one run the employment rate averages/);
    assert.ok(toml.endsWith("my-factory.toml"), toml);
    assert.match(readFileSync(toml, "utf8"), /extends = "baseline"\n[^]*kind = "factory"/);
    execFileSync(program, ["check", "--quiet", toml], { stdio: "inherit" });
    for (const [selector, name] of [["#yours-csv", "my-factory"], ["#baseline-csv", "baseline"]]) {
      const csv = await saved(selector);
      assert.ok(csv.endsWith(`${name}-indicators.csv`), csv);
      assert.equal(readFileSync(csv, "utf8").trim().split("\n").length, 13);
    }
    rmSync(folder, { recursive: true });
  },

  async "a bad value is explained beside its field"(page) {
    await page.fill("#field-automation-awareness", "2");
    await page.press("#field-automation-awareness", "Tab");
    await page.waitForSelector("#field-automation-awareness-error:not([hidden])");
    assert.match(await errorOf(page, "field-automation-awareness"), /is too large/);
    await page.fill("#field-run-months", "many");
    await page.click("#run");
    await settled(page, "Not run: 2 values");
    assert.match(await errorOf(page, "field-run-months"), /must be a whole number/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "field-run-months");
    assert.equal(await page.getAttribute("#field-run-months", "aria-invalid"), "true");
    await page.fill("#field-run-months", "12");
    await page.fill("#field-automation-awareness", "0.5");
    await page.press("#field-automation-awareness", "Tab");
    await page.waitForSelector("#field-automation-awareness-error[hidden]", { state: "attached" });
    await page.fill("#name", "a/b");
    await page.press("#name", "Tab");
    await page.waitForSelector("#name-error:not([hidden])");
  },

  async "a parameter is found, added, changed and put back"(page) {
    await page.fill("#search", "minimum wage");
    await page.getByRole("button", { name: "Add Minimum wage" }).first().click();
    const id = "field-labor_market-minimum_wage";
    assert.equal(await page.evaluate(() => document.activeElement.id), id);
    await page.fill(`#${id}`, "2500");
    await page.press(`#${id}`, "Tab");
    await page.getByRole("button", { name: "Put back Minimum wage" }).click();
    assert.equal(await page.inputValue(`#${id}`), "2000.0".replace(/\.0$/, ""));
  },

  async "a policy is switched on with its month and its parameters"(page) {
    await page.getByRole("checkbox", { name: "Basic income" }).check();
    await page.fill("#field-policies-basic_income-from", "6");
    await page.fill("#field-policies-basic_income-amount", "-5");
    await page.fill("#field-run-months", "24");
    await page.click("#run");
    await settled(page, "Not run: one value");
    assert.match(await errorOf(page, "field-policies-basic_income-amount"), /Allowed: from 0/);
    await page.fill("#field-policies-basic_income-amount", "300");
    await page.click("#run");
    await settled(page, "Finished");
    assert.equal(await page.locator("#charts line.event").count(), 6);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    assert.match(readFileSync(await download.path(), "utf8"), /kind = "basic_income"\nfrom = 6\namount = 300/);
  },

  async "a new run takes the place of the old, and Stop stops"(page) {
    await page.fill("#field-run-months", "600");
    await page.click("#run");
    await page.waitForSelector("#charts path.yours");
    await page.fill("#field-run-months", "12");
    await page.click("#run");
    await settled(page, "Finished");
    assert.equal(await page.getAttribute("#progress", "max"), "48");
    await page.fill("#field-run-months", "600");
    await page.click("#run");
    await page.waitForSelector("#stop:not([disabled])");
    await page.click("#stop");
    await settled(page, "Stopped");
  },

  async "the keyboard alone is enough"(page) {
    await tabTo(page, "scenario");
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "field-run-months");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("24");
    await tabTo(page, "search");
    await page.keyboard.type("tax rate profit");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.match(await page.evaluate(() => document.activeElement.id), /profit_tax_rate/);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("0.2");
    await page.keyboard.press("Enter");
    await settled(page, "Finished");
    await tabTo(page, "save");
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    const text = readFileSync(await download.path(), "utf8");
    assert.match(text, /months = 24[^]*profit_tax_rate = 0.2/);
  },
};

const { served, address } = await serve();
const profile = mkdtempSync(join(tmpdir(), "explore-profile-"));
const context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS });
let failed = 0;
async function open(width) {
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 900 });
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(error.message));
  await page.goto(address);
  await page.waitForSelector("body[data-ready]");
  return page;
}
for (const [name, test] of Object.entries(tests)) {
  const page = await open(1400);
  try {
    await test(page);
    assert.deepEqual(page.complaints, []);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
  await page.close();
}
for (const width of [390, 800, 1400]) {
  const page = await open(width);
  await page.selectOption("#scenario", "fast-ai");
  await page.click("#run");
  await settled(page, "Finished");
  await page.fill("#field-automation-awareness", "2");
  await page.press("#field-automation-awareness", "Tab");
  await page.waitForSelector("#field-automation-awareness-error:not([hidden])");
  await page.screenshot({ path: join(shots, `page-${width}.png`), fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) { failed += 1; console.log(`FAILED  the page is ${wide} wide at ${width}`); }
  await page.close();
}
await context.close();
rmSync(profile, { recursive: true, force: true });
const ended = new Promise((resolve) => { served.on("exit", resolve); });
served.kill("SIGINT");
const code = await ended;
if (code !== 0) { failed += 1; console.log(`FAILED  the program ends with ${code}`); }
console.log(failed ? `${failed} failed` : "all well");
process.exit(failed ? 1 : 0);
