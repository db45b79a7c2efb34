// The experiment as a link: what differs from the program's own values, in the part of the address behind `#`, which no
// server sees. `version=0.1.0&scenario=fast-ai&town.kind=factory&automation.optimism=0.2&policy=basic_income,12,24&policies.basic_income.amount=500`

/** Writes a choice; `isRun` says that its results were looked at. */
export function written(choice, version, isRun) {
  const parts = new URLSearchParams({ version, scenario: choice.scenario });
  if (choice.name && choice.name !== "my-town") parts.set("name", choice.name);
  for (const [path, value] of Object.entries(choice.settings)) parts.set(path, value);
  for (const { kind, from, until, values } of choice.policies) {
    parts.append("policy", [kind, from, until].join(","));
    for (const [key, value] of Object.entries(values)) parts.set(`policies.${kind}.${key}`, value);
  }
  if (isRun) parts.set("run", "yes");
  return parts.toString();
}

/** Reads a choice; null if there is none. */
export function read(fragment) {
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  if (!parts.has("scenario")) return null;
  const policies = parts.getAll("policy").map((policy) => {
    const [kind, from = "12", until = ""] = policy.split(",");
    const start = `policies.${kind}.`;
    const values = [...parts].filter(([path]) => path.startsWith(start)).map(([path, value]) => [path.slice(start.length), value]);
    return { kind, from, until, values: Object.fromEntries(values) };
  });
  const settings = [...parts].filter(([path]) => path.includes(".") && !path.startsWith("policies."));
  return {
    version: parts.get("version"),
    isRun: parts.get("run") === "yes",
    choice: { scenario: parts.get("scenario"), name: parts.get("name") ?? "my-town", settings: Object.fromEntries(settings), policies },
  };
}
