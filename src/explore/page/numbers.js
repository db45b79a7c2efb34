// Numbers as people write them, and means over a year.

/** The form of an indicator, by its unit. */
export function formOf(unit) {
  if (unit.startsWith("share")) return "percent";
  if (unit.startsWith("dollars")) return "dollars";
  if (/^(persons|firms|posts|projects|offers|incidents)/.test(unit)) return "count";
  return "index";
}

const grouped = (value, digits) => value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A large number with its magnitude as a letter. */
function short(value) {
  const size = Math.abs(value);
  if (size >= 1e9) return grouped(value / 1e9, size >= 1e10 ? 1 : 2) + "B";
  if (size >= 1e6) return grouped(value / 1e6, size >= 1e7 ? 1 : 2) + "M";
  return grouped(value, size >= 100 || Number.isInteger(value) ? 0 : 1);
}

/** A value in its form. */
export function write(value, form) {
  if (value === null || !Number.isFinite(value)) return "–";
  if (form === "percent") return grouped(100 * value, 1) + "%";
  if (form === "dollars") return (value < 0 ? "−$" : "$") + short(Math.abs(value));
  if (form === "count") return short(value);
  return grouped(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3);
}

/** A tick of an axis, with the digits that its step needs. */
export function writeTick(value, form, step) {
  const digits = (unit) => Math.min(4, Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9)));
  if (form === "percent") return grouped(100 * value, digits(0.01)) + "%";
  const size = Math.abs(value);
  const [unit, letter] = size >= 1e9 ? [1e9, "B"] : size >= 1e6 ? [1e6, "M"] : [1, ""];
  const sign = form === "dollars" ? (value < 0 ? "−$" : "$") : "";
  return sign + grouped((sign ? size : value) / unit, digits(unit)) + letter;
}

/** A difference: points for shares, percent for money and counts. */
export function writeChange(yours, baseline, form) {
  if (!Number.isFinite(yours) || !Number.isFinite(baseline) || yours === null || baseline === null) return "–";
  const signed = (value, digits) => {
    const text = grouped(Math.abs(value), digits);
    return Number(text.replaceAll(",", "")) === 0 ? text : (value < 0 ? "−" : "+") + text;
  };
  if (form === "percent") return signed(100 * (yours - baseline), 1) + " pts";
  if (form === "index") return signed(yours - baseline, 3);
  return baseline === 0 ? "–" : signed(100 * (yours / baseline - 1), 1) + "%";
}

/** The mean of those that exist; null if none does. */
export function mean(values) {
  const present = values.filter((value) => value !== null && Number.isFinite(value));
  return present.length ? present.reduce((sum, value) => sum + value, 0) / present.length : null;
}

/** Each month's mean over itself and the eleven months before it. */
export const smooth = (values) => values.map((_, month) => mean(values.slice(Math.max(0, month - 11), month + 1)));
