// The same scenario text gives the same bytes in WebAssembly and from the command line: every table of four scenarios.
// Usage: node web/tests/bytes.mjs MODULE.wasm MAINSTREET
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { simulator } from "../../src/explore/page/wasm.js";

const [module, program] = process.argv.slice(2);
const places = new URL("../../data/places/counties.columns.z", import.meta.url);
const desk = await simulator(readFileSync(module));
const text = (answer) => new TextDecoder().decode(answer.body);
const get = (path) => desk.ask({ path });

const small = { "town.residents": "2000", "run.months": "18", "run.burn_in_months": "4" };
const CHOICES = {
  "baseline": { scenario: "baseline", name: "one", settings: small, policies: [] },
  "a factory town with fast AI": { scenario: "fast-ai", name: "two", settings: { ...small, "town.kind": "factory", "automation.saving_to_prices": "50%" }, policies: [] },
  "two policies": {
    scenario: "baseline", name: "three", settings: { ...small, "run.seed": "7", "output.worker_panel": "200" },
    policies: [
      { kind: "basic_income", from: "3", until: "12", values: {} },
      { kind: "minimum_wage", from: "6", until: "", values: {} },
    ],
  },
  "a real county": { scenario: "baseline", name: "four", settings: { ...small, "town.place": "Story County, IA" }, policies: [] },
};

const work = mkdtempSync(join(tmpdir(), "mainstreet-bytes-"));
try {
  assert.ok(desk.learnPlaces(inflateSync(readFileSync(places))), "the table of places can be read");
  let compared = 0;
  for (const [title, choice] of Object.entries(CHOICES)) {
    const begun = desk.ask({ path: "run", choice });
    assert.equal(begun.status, 200, text(begun));
    let last = text(begun);
    for (let months = 0; !/"kind":"(finished|failed)"/.test(last); months += 1) {
      assert.ok(months < 100, "a run ends");
      last = text(desk.ask({ path: "step" }));
    }
    const { kind, run, message } = JSON.parse(last);
    assert.equal(kind, "finished", message);
    const file = join(work, `${choice.name}.toml`);
    writeFileSync(file, get(`runs/${run}/scenario.toml`).body);
    const out = join(work, choice.name);
    execFileSync(program, ["run", file, "--csv", "--no-charts", "--quiet", "--out", out], { stdio: ["ignore", "ignore", "inherit"] });
    const native = readdirSync(out).filter((name) => name.endsWith(".csv")).sort();
    const { tables } = JSON.parse(text(get(`runs/${run}/tables.json`)));
    assert.deepEqual(tables, native, "the same tables");
    const hash = createHash("sha256");
    for (const name of native) {
      const [here, there] = [Buffer.from(get(`runs/${run}/tables/${name}`).body), readFileSync(join(out, name))];
      assert.ok(here.equals(there), `${title}: ${name} differs from the command line's`);
      hash.update(here);
      compared += 1;
    }
    console.log(`${title}: ${native.length} tables equal, SHA-256 ${hash.digest("hex").slice(0, 16)}…`);
  }
  assert.ok(compared > 40, `only ${compared} tables compared`);
  console.log(`${compared} tables compared; ${Math.round(desk.memory() / 1e6)} MB of memory`);
} finally {
  rmSync(work, { recursive: true });
}
