// The page: gathers what is chosen, has it checked and run, and shows the months as they come.
import { Charts } from "./charts.js";
import { engine as chosenEngine, MANY, save as saveFile } from "./engine.js";
import { Field, PolicyField, showError, typed } from "./fields.js";
import { read, written } from "./link.js";
import { mean, write, writeChange } from "./numbers.js";

const find = (id) => document.getElementById(id);
const engine = await chosenEngine();
const catalogue = await (await engine.get("catalogue.json")).json();
const controls = new Map(catalogue.controls.map((control) => [control.path, control]));
const changes = new Map();
const fields = new Map();
const policies = catalogue.policies.map((policy) => new PolicyField(policy, chosenLater));
const charts = new Charts(find("charts"), catalogue.indicators, catalogue.figures);
let base = {};
let checking = null;
let running = null;
let isRun = false;

/** Everything that is chosen, as the program takes it. */
function choice() {
  return {
    scenario: find("scenario").value,
    name: find("name").value,
    settings: { "town.kind": find("town").value, ...Object.fromEntries(changes) },
    policies: policies.flatMap((policy) => policy.choice()),
  };
}

/** The values of the scenario in the town before anything is changed. */
async function start() {
  const reply = await engine.post("start", { scenario: find("scenario").value, settings: { "town.kind": find("town").value } });
  const body = await reply.json();
  if (!reply.ok) { showProblems(body.problems); return; }
  base = Object.fromEntries(Object.entries(body.values).map(([path, value]) => [path, typed(value)]));
  fields.forEach((field) => field.refresh());
  const about = catalogue.scenarios.find((s) => s.name === find("scenario").value);
  find("question").textContent = about?.question ?? "";
}

function addField(path, place) {
  if (fields.has(path)) return fields.get(path);
  const field = new Field(controls.get(path), {
    get: () => changes.get(path) ?? base[path] ?? "",
    set: (value) => { changes.set(path, value); chosenLater(); },
    isChanged: () => changes.has(path) && changes.get(path) !== base[path],
    reset: () => { changes.delete(path); chosenLater(); },
  });
  fields.set(path, field);
  place.append(field.node);
  return field;
}

/** The group of a main parameter: one for each part of the scenario. */
function group(path) {
  const part = path.split(".")[0];
  const id = `part-${part}`;
  if (find(id)) return find(id);
  const fieldset = document.createElement("fieldset");
  fieldset.id = id;
  const legend = document.createElement("legend");
  legend.textContent = (part[0].toUpperCase() + part.slice(1)).replaceAll("_", " ");
  fieldset.append(legend);
  find("main").append(fieldset);
  return fieldset;
}

// --- Mistakes -------------------------------------------------------------------------------------------------

const sentence = (problem) => [
  problem.message[0].toUpperCase() + problem.message.slice(1) + ".",
  problem.found && `Found: ${problem.found}.`,
  problem.allowed && `Allowed: ${problem.allowed}.`,
  problem.suggestion && `${problem.suggestion[0].toUpperCase()}${problem.suggestion.slice(1)}`,
].filter(Boolean).join("\n");

/** Fields with an input of their own, by name. */
function targets() {
  const fixed = [["town.kind", "town"], ["scenario", "scenario"], ["name", "name"]].map(([path, id]) => {
    const input = find(id);
    const show = (message) => showError(input.closest(".field"), input, find(`${id}-error`), message);
    return [path, { input, show }];
  });
  const own = policies.flatMap((policy) => [[`policies.${policy.kind}.kind`, policy], ...policy.fields]);
  return new Map([...fixed, ...fields, ...own]);
}

/** Shows every mistake beside its field; the rest above the buttons. Gives the first input with a mistake. */
function showProblems(problems, warnings = []) {
  const all = targets();
  let first = null;
  const rest = [];
  for (const [path, target] of all) {
    const own = problems.filter((problem) => problem.field === path);
    target.show(own.length ? own.map(sentence).join("\n") : null);
    if (own.length) first ??= target.input;
  }
  rest.push(...problems.filter((problem) => !all.has(problem.field)).map((p) => [p, ""]), ...warnings.map((p) => [p, "warning"]));
  find("general").replaceChildren(...rest.map(([problem, kind]) => {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = sentence(problem);
    return line;
  }));
  return first;
}

function chosenLater() {
  isRun = false;
  remember();
  clearTimeout(checking);
  checking = setTimeout(check, 150);
}

async function check() {
  const reply = await engine.post("check", choice());
  const body = await reply.json();
  showProblems(body.problems ?? [], body.warnings);
  return body;
}

// --- The experiment as a link ---------------------------------------------------------------------------------

/** Keeps the choice in the address, so that it outlives a reload and can be handed on. */
function remember() {
  history.replaceState(null, "", `#${written(choice(), catalogue.version, isRun)}`);
}

async function restore({ version, choice: kept, isRun: wasRun }) {
  for (const [id, value] of [["scenario", kept.scenario], ["town", kept.settings["town.kind"]], ["name", kept.name]]) {
    if (value !== undefined) find(id).value = value;
  }
  changes.clear();
  await start();
  for (const [path, value] of Object.entries(kept.settings)) {
    if (path === "town.kind" || !controls.has(path)) continue;
    changes.set(path, value);
    if (!fields.has(path)) addField(path, find("added"));
  }
  for (const policy of kept.policies) policies.find((one) => one.kind === policy.kind)?.restore(policy);
  fields.forEach((field) => field.refresh());
  if (version !== catalogue.version) say(`This link was made with version ${version}; this page is version ${catalogue.version}, whose results may differ.`);
  if (wasRun) await run();
  else await check();
}

async function copy(text, said) {
  try { await navigator.clipboard.writeText(text); say(said); } catch { prompt("Copy this:", text); }
}

/** What runs the same outside this page. */
async function copyCommand() {
  const { text, problems } = await check();
  if (problems) return;
  const file = `${find("name").value.trim().replaceAll(/[^A-Za-z0-9_-]+/g, "-") || "my-town"}.toml`;
  copy(`cat > ${file} <<'END'\n${text}END\nmainstreet run ${file} --csv\n`, "Copied: the scenario file and the command that runs it.");
}

// --- Runs -----------------------------------------------------------------------------------------------------

const say = (text) => { find("status").textContent = text; };

async function run(isMany = false) {
  clearTimeout(checking);
  running?.abort();
  // On a narrow screen the results are below everything that can be changed.
  if (matchMedia("(max-width: 899px)").matches) find("results").scrollIntoView();
  const mine = new AbortController();
  running = mine;
  const isMine = () => running === mine;
  find("stop").disabled = false;
  isRun = true;
  remember();
  try {
    const told = follow(isMine);
    const problems = isMany
      ? await engine.many(choice(), together(isMine, told), mine.signal)
      : await engine.run(choice(), told, mine.signal);
    if (isMine() && problems) refuse(problems);
    else if (isMine() && mine.signal.aborted) say("Stopped.");
  } catch (error) {
    if (isMine()) say(error.name === "AbortError" ? "Stopped." : engine.many ? `Not finished: ${error.message}.` : "The program does not answer any more. Is it still running?");
  } finally {
    if (isMine()) { running = null; find("stop").disabled = true; }
  }
}

function refuse(problems) {
  const first = showProblems(problems);
  say(`Not run: ${problems.length === 1 ? "one value is" : `${problems.length} values are`} not right.`);
  (first ?? find("general")).scrollIntoView({ block: "center" });
  first?.focus({ preventScroll: true });
}

/** Hears the events of several pairs; the first is drawn as it comes, all of them once they are there. */
function together(isMine, told) {
  const pairs = Array.from({ length: MANY }, () => ({ yours: [], baseline: [] }));
  let done = 0;
  let started = null;
  return (event, replicate) => {
    if (!isMine()) return;
    if (event.kind === "failed") throw new Error(event.message);
    if (event.kind === "month") pairs[replicate][event.who].push(event.values);
    if (replicate === 0 && event.kind !== "finished") told(event);
    if (event.kind === "started") started ??= event;
    if (event.kind !== "finished") return;
    done += 1;
    say(`${done} of ${MANY} pairs have finished.`);
    find("progress").max = MANY;
    find("progress").value = done;
    if (done === MANY) finishMany(pairs, started);
  };
}

function finishMany(pairs, started) {
  const average = (who) => pairs[0][who].map((values, month) => values.map((_, index) => mean(pairs.map((pair) => pair[who][month]?.[index] ?? null))));
  const seen = { yours: average("yours"), baseline: average("baseline") };
  charts.update({ ...seen, pairs });
  showFigures(seen, pairs);
  find("caption").textContent = `Last year: mean of the last 12 months over ${MANY} pairs of runs; in brackets, the interval that covers the mean difference with 95 percent confidence, as far as chance in the model goes`;
  tellFigures(started, seen, `Finished ${MANY} pairs. On average in the last year, against the baseline:`);
}

/** Hears the events of one pair. */
function follow(isMine) {
  const seen = { yours: [], baseline: [] };
  const lived = { yours: 0, baseline: 0 };
  let started = null;
  showProblems([]);
  return (event) => {
    if (!isMine()) return;
    if (event.kind === "started") {
      started = event;
      showProblems([], event.warnings);
      say(`Running ${event.name}: ${event.burn_in} months to settle, then ${event.months} months.`);
      find("progress").max = event.burn_in + event.months;
      charts.update({ ...seen, months: event.months, events: event.events, pairs: null });
    } else if (event.kind === "burn_in") {
      lived[event.who] = event.lived;
    } else if (event.kind === "month") {
      seen[event.who].push(event.values);
      lived[event.who] = started.burn_in + event.month + 1;
      charts.update(seen);
    } else {
      finish(event, started, seen);
    }
    find("progress").value = Math.min(lived.yours, lived.baseline);
  };
}

function finish(event, started, seen) {
  if (event.kind === "failed") return say(`The run failed: ${event.message}`);
  if (event.kind === "canceled") return say("Stopped.");
  showFigures(seen);
  for (const [id, file] of [["yours-report", "report.html"], ["yours-csv", "indicators.csv"], ["baseline-csv", "baseline.csv"]]) {
    engine.link(find(id), `runs/${event.run}/${file}`);
    find(id).parentElement.hidden = false;
  }
  find("caption").textContent = "Last year: mean of the last 12 months";
  tellFigures(started, seen, "Finished. In the last year, against the baseline:");
}

function tellFigures(started, seen, start) {
  if (started.is_baseline) return say("Finished. Nothing differs from the baseline yet, so both lines are one.");
  const told = ["employment_rate", "wage_p50", "gini_income"].map((name) => {
    const { label, form, yours, baseline } = figure(catalogue.figures.find((f) => f.name === name), seen);
    return `${label} ${write(yours, form)} (${writeChange(yours, baseline, form)})`;
  });
  say(`${start} ${told.join(", ")}.`);
}

/** A figure's means over the last year in both towns. */
function figure({ label, name, form }, seen) {
  const index = catalogue.indicators.findIndex((indicator) => indicator.name === name);
  const last = (months) => mean(months.slice(-12).map((values) => values[index]));
  return { label, form, yours: last(seen.yours), baseline: last(seen.baseline) };
}

/** The mean difference over pairs with its interval: Student's t with one degree less than there are pairs. */
function interval(one, pairs, baseline) {
  const gaps = pairs.map((pair) => figure(one, pair)).map(({ yours, baseline: other }) => yours - other);
  const center = mean(gaps);
  const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - center) ** 2, 0) / (gaps.length - 1) / gaps.length);
  return [center - 2.3646 * spread, center + 2.3646 * spread].map((gap) => writeChange(baseline + gap, baseline, one.form)).join(" to ");
}

function showFigures(seen, pairs) {
  const rows = catalogue.figures.map((one) => {
    const { label, form, yours, baseline } = figure(one, seen);
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = label;
    const cells = [write(baseline, form), write(yours, form), writeChange(yours, baseline, form) + (pairs ? ` (${interval(one, pairs, baseline)})` : "")].map((text) => {
      const cell = document.createElement("td");
      cell.textContent = text;
      return cell;
    });
    row.append(head, ...cells);
    return row;
  });
  find("figures").tBodies[0].replaceChildren(...rows);
  find("figures").hidden = false;
}

// --- Downloads and search ------------------------------------------------------------------------------------

async function save() {
  const reply = await engine.post("scenario.toml", choice());
  if (!reply.ok) {
    const body = await reply.json();
    showProblems(body.problems)?.focus();
    return;
  }
  saveFile(await reply.blob(), `${find("name").value.trim() || "my-town"}.toml`);
}

function search() {
  const words = find("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = words.length === 0 ? [] : catalogue.controls.filter((control) => {
    const text = `${control.path} ${control.label} ${control.meaning}`.toLowerCase();
    return !fields.has(control.path) && words.every((word) => text.includes(word));
  });
  const rows = hits.slice(0, 12).map((control) => {
    const row = document.createElement("li");
    const text = document.createElement("span");
    text.textContent = `${control.path}: ${control.meaning}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = "Add";
    button.setAttribute("aria-label", `Add ${control.label}`);
    button.addEventListener("click", () => {
      const field = addField(control.path, find("added"));
      find("search").value = "";
      search();
      field.input.focus();
    });
    row.append(text, button);
    return row;
  });
  if (words.length && !hits.length) rows.push(Object.assign(document.createElement("li"), { textContent: "Nothing found." }));
  if (hits.length > 12) rows.push(Object.assign(document.createElement("li"), { textContent: `and ${hits.length - 12} more` }));
  find("found").replaceChildren(...rows);
}

async function reset() {
  changes.clear();
  changes.set("town.residents", String(catalogue.residents));
  policies.forEach((policy) => policy.reset());
  find("name").value = "my-town";
  await start();
  await check();
}

// --- Beginning ------------------------------------------------------------------------------------------------

find("town").append(...catalogue.towns.map((town) => new Option(town.replaceAll("_", " "), town)));
find("scenario").append(...catalogue.scenarios.map((s) => new Option(s.title ?? s.name, s.name)));
changes.set("town.residents", String(catalogue.residents));
await start();
for (const path of catalogue.main) addField(path, group(path));
for (const name of new Set(catalogue.policies.map((policy) => policy.group))) {
  const part = document.createElement("details");
  const title = document.createElement("summary");
  title.textContent = name;
  part.append(title, ...policies.filter((_, place) => catalogue.policies[place].group === name).map((policy) => policy.node));
  find(name === "Shocks" ? "shocks" : "policies").append(part);
}
find("many").hidden = !engine.many;
for (const id of ["town", "scenario"]) find(id).addEventListener("change", async () => { await start(); chosenLater(); });
find("name").addEventListener("change", chosenLater);
find("form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
find("many").addEventListener("click", () => run(true));
find("copy-link").addEventListener("click", () => { remember(); copy(location.href, "Copied: a link that opens this page with these settings."); });
find("copy-command").addEventListener("click", copyCommand);
addEventListener("hashchange", () => location.reload());
find("stop").addEventListener("click", () => { engine.stop(); running?.abort(); });
find("reset").addEventListener("click", reset);
find("save").addEventListener("click", save);
find("search").addEventListener("input", search);
find("search").addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
find("smooth").addEventListener("change", () => charts.update({ isSmooth: find("smooth").checked }));
document.body.dataset.ready = "yes";
const kept = read(location.hash);
if (kept) await restore(kept);
