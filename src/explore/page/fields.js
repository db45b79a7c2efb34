// Fields of the page, made from the registry of parameters: a label, a slider, a number, its meaning and its mistakes.

function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") node.className = value;
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

export const idOf = (path) => `field-${path.replaceAll(/[^A-Za-z0-9_-]/g, "-")}`;

/** A value of the scenario as it is typed. */
export const typed = (value) => (typeof value === "string" ? value : typeof value === "object" && value !== null ? JSON.stringify(value) : String(value));

/** One parameter. `get` tells its value now, `set` hears of a new one, `reset` puts it back. */
export class Field {
  constructor(control, { get, set, isChanged, reset }) {
    this.control = control;
    this.callbacks = { get, set, isChanged, reset };
    const id = idOf(control.path);
    const described = `${id}-help ${id}-error`;
    this.error = make("p", { class: "error", id: `${id}-error`, hidden: true });
    const help = make("p", { class: "help", id: `${id}-help` }, control.meaning);
    const facts = [`Allowed: ${control.allowed}`, `Source: ${control.source}`, `Name: ${control.path}`];
    const details = make("details", {}, make("summary", { "aria-label": `About ${control.label}` }, "Range and source"), ...facts.map((fact) => make("p", {}, fact)));
    this.undo = make("button", { type: "button", class: "small undo", hidden: true, "aria-label": `Put back ${control.label}` }, "Put back");
    this.undo.addEventListener("click", () => { reset(); this.refresh(); this.input.focus(); });
    this.node = make("div", { class: "field", "data-field": control.path });
    if (control.form === "switch") {
      this.input = make("input", { type: "checkbox", id, "aria-describedby": described });
      this.input.addEventListener("change", () => this.hear(String(this.input.checked)));
      this.node.append(make("label", { class: "check", for: id }, this.input, control.label));
    } else {
      const isSaid = control.unit === control.label.toLowerCase();
      const unit = control.unit && !isSaid && control.form !== "choice" ? make("span", { class: "unit" }, ` ${control.unit}`) : "";
      this.node.append(make("label", { for: id }, control.label), unit, this.inputs(id, described));
    }
    this.node.append(this.error, help, details, this.undo);
    this.refresh();
  }

  inputs(id, described) {
    const { control } = this;
    if (control.form === "choice") {
      this.input = make("select", { id, "aria-describedby": described }, ...control.choices.map((c) => new Option(c.replaceAll("_", " "), c)));
      this.input.addEventListener("change", () => this.hear(this.input.value));
      return this.input;
    }
    const mode = control.form === "text" ? "text" : "decimal";
    this.input = make("input", { id, type: "text", inputmode: mode, autocomplete: "off", spellcheck: "false", "aria-describedby": described });
    this.input.addEventListener("change", () => this.hear(this.input.value));
    if (!control.slider) return make("div", { class: "inputs wide" }, this.input);
    const { low, high, step } = control.slider;
    this.slider = make("input", { type: "range", min: low, max: high, step, "aria-label": `${control.label}, slider` });
    this.slider.addEventListener("input", () => { this.input.value = this.slider.value; });
    this.slider.addEventListener("change", () => this.hear(this.slider.value));
    return make("div", { class: "inputs" }, this.slider, this.input);
  }

  hear(value) {
    this.callbacks.set(value);
    this.refresh();
  }

  /** Shows the value there is. */
  refresh() {
    const value = this.callbacks.get();
    if (this.control.form === "switch") this.input.checked = value === "true";
    else this.input.value = value;
    const number = Number(value);
    if (this.slider && Number.isFinite(number)) {
      this.slider.value = number;
      this.slider.setAttribute("aria-valuetext", `${value} ${this.control.unit}`);
    }
    const isChanged = this.callbacks.isChanged();
    this.node.classList.toggle("changed", isChanged);
    this.undo.hidden = !isChanged;
  }

  show(message) { showError(this.node, this.input, this.error, message); }
}

/** Puts a message beside an input, or takes it away. */
export function showError(node, input, error, message) {
  error.textContent = message ?? "";
  error.hidden = !message;
  node.classList.toggle("wrong", Boolean(message));
  if (message) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/** A kind of policy: a switch, and once it is on, its first and last month and its parameters. */
export class PolicyField {
  constructor(policy, changed) {
    this.kind = policy.kind;
    this.values = new Map();
    this.changed = changed;
    const id = idOf(`policies.${policy.kind}`);
    this.input = make("input", { type: "checkbox", id, "aria-describedby": `${id}-help ${id}-error` });
    this.body = make("div", { hidden: true });
    this.error = make("p", { class: "error", id: `${id}-error`, hidden: true });
    this.months = { from: "12", until: "" };
    const parts = [
      this.month("from", "From month", "Counted from 0 at the start, or a date such as 2028-01."),
      this.month("until", "Until month", "First month without it; empty for no end."),
      ...policy.controls.map(({ key, control, default: usual }) => this.parameter(key, control, usual)),
    ];
    this.fields = new Map(parts.map((field) => [field.control.path, field]));
    this.body.append(...parts.map((field) => field.node));
    this.input.addEventListener("change", () => { this.body.hidden = !this.input.checked; changed(); });
    this.node = make("fieldset", {},
      make("legend", {}, make("label", { class: "check", for: id }, this.input, policy.label)),
      make("p", { class: "help", id: `${id}-help` }, policy.meaning), this.error, this.body);
  }

  month(key, label, meaning) {
    const control = { path: `policies.${this.kind}.${key}`, label, form: "text", meaning, unit: "", allowed: "a month or a date", source: "your choice" };
    const usual = this.months[key];
    return new Field(control, {
      get: () => this.months[key],
      set: (value) => { this.months[key] = value; this.changed(); },
      isChanged: () => this.months[key] !== usual,
      reset: () => { this.months[key] = usual; this.changed(); },
    });
  }

  parameter(key, control, usual) {
    return new Field(control, {
      get: () => this.values.get(key) ?? typed(usual),
      set: (value) => { this.values.set(key, value); this.changed(); },
      isChanged: () => this.values.has(key) && this.values.get(key) !== typed(usual),
      reset: () => { this.values.delete(key); this.changed(); },
    });
  }

  /** What is chosen, if it is on. */
  choice() {
    return this.input.checked ? [{ kind: this.kind, ...this.months, values: Object.fromEntries(this.values) }] : [];
  }

  /** Takes up what was chosen before. */
  restore({ from, until, values }) {
    this.input.checked = true;
    this.body.hidden = false;
    this.months = { from, until };
    this.values = new Map(Object.entries(values));
    this.fields.forEach((field) => field.refresh());
    const part = this.node.closest("details");
    if (part) part.open = true;
  }

  show(message) {
    const part = message && this.node.closest("details");
    if (part) part.open = true;
    this.error.textContent = message ?? "";
    this.error.hidden = !message;
  }

  reset() {
    this.input.checked = false;
    this.body.hidden = true;
    this.values.clear();
    this.months = { from: "12", until: "" };
    this.fields.forEach((field) => field.refresh());
  }
}
