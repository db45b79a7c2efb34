// Every scenario that comes with the program passes Taplo by the schema the program prints; files with one mistake fail.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const program = process.env.MAINSTREET ?? join(root, "target/debug/mainstreet");
const taplo = join(here, "node_modules/.bin/taplo");
const folder = mkdtempSync(join(tmpdir(), "mainstreet-schema-"));
const schema = join(folder, "scenario.schema.json");

function check(files, options = ["--schema", pathToFileURL(schema).href]) {
  const done = spawnSync(taplo, ["check", ...options, ...files], { encoding: "utf8" });
  return { passes: done.status === 0, told: done.stdout + done.stderr };
}

function scenario(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

try {
  writeFileSync(schema, execFileSync(program, ["schema"]));

  // `targets.toml` is no scenario.
  const files = readdirSync(join(root, "scenarios"))
    .filter((file) => file.endsWith(".toml") && file !== "targets.toml")
    .map((file) => join(root, "scenarios", file));
  assert.ok(files.length > 20, `${files.length} files`);
  const { passes, told: complaints } = check(files);
  assert.ok(passes, complaints);

  const head = "schema_version = 1\n";
  const mistakes = [
    ["unknown key", "[town]\nresident = 2000\n", "resident"],
    ["unknown section", "[twon]\nresidents = 2000\n", "twon"],
    ["wrong type", '[town]\nresidents = "many"\n', "many"],
    ["out of range", "[town]\nresidents = 10\n", "10"],
    ["unknown choice", '[town]\nkind = "harbor"\n', "harbor"],
    ["unknown policy", '[[timeline]]\nkind = "subsidies"\nfrom = 1\n', "timeline"],
    ["short list", "[sectors.retail]\ninputs = [0.1]\n", "inputs"],
  ];
  for (const [name, text, told] of mistakes) {
    const found = check([scenario("mistake.toml", head + text)]);
    assert.ok(!found.passes, `${name} passes`);
    assert.ok(found.told.includes(told), `${name}\n${found.told}`);
  }

  // As an editor finds it: by the first line of the file.
  const line = "#:schema ./scenario.schema.json\n";
  const good = check([scenario("good.toml", line + head + "[town]\nresidents = 2000\n")], []);
  assert.ok(good.passes, good.told);
  const bad = check([scenario("bad.toml", line + head + "[town]\nresident = 2000\n")], []);
  assert.ok(!bad.passes, "a mistake by the first line's schema passes");

  console.log(`${files.length} scenarios pass, ${mistakes.length} mistakes are found`);
} finally {
  rmSync(folder, { recursive: true });
}
