// Line charts of two towns, drawn as SVG: direct labels, units, policies as dotted lines.
import { formOf, mean, smooth, write, writeChange, writeTick } from "./numbers.js";

const SPACE = "http://www.w3.org/2000/svg";
const HEIGHT = 190;
const EDGE = { top: 22, right: 62, bottom: 24, left: 54 };
const CHARTS = ["employment_rate", "wage_p50", "consumption_real", "gini_income", "local_share", "automated_task_share"];

function add(parent, name, attributes, text) {
  const node = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
}

/** About `wanted` round numbers from low to high, and the step between them. */
export function ticks(low, high, wanted) {
  const raw = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * power).find((s) => s >= raw * 0.999);
  const list = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n += 1) list.push(n * step);
  return { list, step };
}

/** Draws one chart. */
function draw(svg, { series, bands, months, events, form, isSmooth }) {
  svg.replaceChildren();
  const width = Math.max(200, svg.clientWidth);
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  const lines = Object.fromEntries(Object.entries(series).map(([who, values]) => [who, isSmooth ? smooth(values) : values]));
  const spreads = Object.entries(bands).map(([who, pairs]) => [who, spread(pairs.map((values) => (isSmooth ? smooth(values) : values)))]);
  const all = [...Object.values(lines).flat(), ...spreads.flatMap(([, band]) => band.flat())].filter((v) => v !== null && Number.isFinite(v));
  if (!all.length) {
    add(svg, "text", { x: EDGE.left, y: HEIGHT / 2 }, Object.values(series).flat().length ? "does not exist in these months" : "");
    return;
  }
  let [low, high] = [Math.min(...all), Math.max(...all)];
  const pad = high > low ? (high - low) * 0.08 : Math.abs(high) * 0.05 || 0.5;
  [low, high] = [low >= 0 && low < pad ? 0 : low - pad, high + pad];
  const x = (month) => EDGE.left + (month / Math.max(1, months - 1)) * (width - EDGE.left - EDGE.right);
  const y = (value) => HEIGHT - EDGE.bottom - ((value - low) / (high - low)) * (HEIGHT - EDGE.top - EDGE.bottom);
  const { list, step } = ticks(low, high, 5);
  for (const value of list) {
    add(svg, "line", { class: "grid", x1: EDGE.left, x2: width - EDGE.right, y1: y(value), y2: y(value) });
    add(svg, "text", { x: EDGE.left - 6, y: y(value) + 4, "text-anchor": "end" }, writeTick(value, form, step));
  }
  const bottom = HEIGHT - EDGE.bottom;
  add(svg, "line", { class: "axis", x1: EDGE.left, x2: width - EDGE.right, y1: bottom, y2: bottom });
  const years = months / 12;
  const perYear = ticks(0, Math.max(years, 1), 5).step;
  for (let year = 0; year <= years + 1e-9; year += Math.max(1, perYear)) {
    const text = year === 0 ? "year 0" : String(year);
    add(svg, "text", { x: x(Math.min(year * 12, months - 1)), y: bottom + 16, "text-anchor": "middle" }, text);
  }
  for (const event of events.filter((e) => e.from < months)) {
    add(svg, "line", { class: "event", x1: x(event.from), x2: x(event.from), y1: EDGE.top - 4, y2: bottom });
  }
  eventNames(svg, events.filter((e) => e.from < months), x, width);
  for (const [who, band] of spreads) {
    const there = band.map((ends, month) => [month, ...ends]).filter((one) => one[1] !== null);
    const edge = (place) => there.map((one) => `${x(one[0]).toFixed(1)},${y(one[place]).toFixed(1)}`);
    if (there.length) add(svg, "polygon", { class: `band ${who}`, points: [...edge(1), ...edge(2).reverse()].join(" ") });
  }
  const ends = [];
  for (const who of ["baseline", "yours"]) {
    const line = lines[who] ?? [];
    let path = "";
    let isDown = false;
    let last = null;
    line.forEach((value, month) => {
      if (value === null) { isDown = false; return; }
      path += `${isDown ? "L" : "M"}${x(month).toFixed(1)},${y(value).toFixed(1)}`;
      isDown = true;
      last = { who, month, value };
    });
    if (!last) continue;
    add(svg, "path", { class: who, d: path });
    ends.push(last);
  }
  endLabels(svg, ends, x, y, form);
}

/** Lowest and highest of several runs in each month. */
function spread(runs) {
  return (runs[0] ?? []).map((_, month) => {
    const values = runs.map((run) => run[month]).filter((value) => value !== null && Number.isFinite(value));
    return values.length ? [Math.min(...values), Math.max(...values)] : [null, null];
  });
}

/** The last values, beside the ends of their lines and apart from each other. */
function endLabels(svg, ends, x, y, form) {
  const places = ends.map((end) => ({ ...end, at: y(end.value) + 4 })).sort((a, b) => a.at - b.at);
  if (places.length === 2 && places[1].at - places[0].at < 14) {
    const middle = (places[0].at + places[1].at) / 2;
    [places[0].at, places[1].at] = [middle - 7, middle + 7];
  }
  for (const place of places) {
    add(svg, "text", { class: `end ${place.who}`, x: x(place.month) + 5, y: place.at }, write(place.value, form));
  }
}

/** Names of policies above the chart; those that begin together share a line. */
function eventNames(svg, events, x, width) {
  const months = [...new Set(events.map((event) => event.from))].sort((a, b) => a - b);
  if (months.length > 3) return;
  let free = 0;
  for (const month of months) {
    const names = events.filter((event) => event.from === month).map((event) => event.kind.replaceAll("_", " "));
    const text = names.length > 1 ? `${names.length} policies` : names[0];
    const size = text.length * 6.4;
    const left = Math.min(Math.max(x(month) - 4, free), width - size);
    if (left < free) continue;
    add(svg, "text", { x: left, y: 13 }, text);
    free = left + size + 8;
  }
}

/** The charts of a page: each shows the indicator that was chosen for it. */
export class Charts {
  constructor(place, indicators, figures) {
    this.indicators = indicators;
    this.labels = new Map(figures.map((figure) => [figure.name, figure.label]));
    this.state = { yours: [], baseline: [], months: 120, events: [], pairs: null, isSmooth: true };
    this.charts = CHARTS.map((name, number) => this.chart(place, name, number));
    new ResizeObserver(() => this.soon()).observe(place);
  }

  chart(place, name, number) {
    const figure = document.createElement("figure");
    const select = document.createElement("select");
    select.setAttribute("aria-label", `Indicator of chart ${number + 1}`);
    for (const group of new Set(this.indicators.map((i) => i.group))) {
      const options = document.createElement("optgroup");
      options.label = group;
      for (const indicator of this.indicators.filter((i) => i.group === group)) {
        options.append(new Option(this.title(indicator), indicator.name, false, indicator.name === name));
      }
      select.append(options);
    }
    const svg = document.createElementNS(SPACE, "svg");
    svg.setAttribute("role", "img");
    const caption = document.createElement("figcaption");
    figure.append(select, svg, caption);
    place.append(figure);
    select.addEventListener("change", () => this.soon());
    return { select, svg, caption };
  }

  title(indicator) {
    const words = this.labels.get(indicator.name) ?? indicator.label;
    return words[0].toUpperCase() + words.slice(1);
  }

  /** Takes over what changed and draws on the next frame. */
  update(changes) {
    Object.assign(this.state, changes);
    this.soon();
  }

  soon() {
    if (this.isWaiting) return;
    this.isWaiting = true;
    requestAnimationFrame(() => { this.isWaiting = false; this.drawAll(); });
  }

  drawAll() {
    for (const { select, svg, caption } of this.charts) {
      const index = this.indicators.findIndex((i) => i.name === select.value);
      const indicator = this.indicators[index];
      const form = formOf(indicator.unit);
      const pick = (months) => months.map((values) => values[index]);
      const series = { yours: pick(this.state.yours), baseline: pick(this.state.baseline) };
      caption.textContent = `${form === "percent" ? indicator.unit.replace("share", "percent") : indicator.unit}. ${indicator.text}`;
      const { pairs } = this.state;
      const bands = pairs ? Object.fromEntries(["baseline", "yours"].map((who) => [who, pairs.map((pair) => pick(pair[who]))])) : {};
      if (pairs) caption.textContent += ` Lines are means of ${pairs.length} runs, bands reach from the lowest to the highest.`;
      draw(svg, { ...this.state, series, bands, form });
      const [yours, baseline] = [series.yours, series.baseline].map((values) => mean(values.slice(-12)));
      svg.setAttribute("aria-label", series.yours.length
        ? `${this.title(indicator)}: your town ${write(yours, form)} in the last 12 months shown, baseline ${write(baseline, form)}, difference ${writeChange(yours, baseline, form)}`
        : `${this.title(indicator)}: nothing run yet`);
    }
  }
}
