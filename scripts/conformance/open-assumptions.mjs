import { ASSUMPTIONS, assumed } from "./assumptions.mjs";

/**
 * Returns the table of docs/real-ecs.md as Markdown.
 *
 * @param {import("./types.js").Switches} behaviour the emulator's defaults
 * @param {{ readonly [name: string]: readonly unknown[] }} choices the values of each switch, by its name
 */
export function openAssumptions(behaviour, choices) {
  const rows = ASSUMPTIONS.map((assumption) => {
    const { name, question, tells, value } = assumption;
    const others = (choices[name] ?? []).filter((choice) => choice !== assumed(name, behaviour)?.value);
    const known = value === undefined ? `switch \`${name}\`` : `\`${name}\``;
    const otherwise = others.length > 0 ? ` (or ${others.map((choice) => `\`${choice}\``).join(", ")})` : "";
    return `| ${question} | ${known} | ${shown(assumption, behaviour)}${otherwise} | ${tells} |`;
  });
  return ["| question | name | the emulator | answered by |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/**
 * @param {import("./types.js").Assumption} assumption
 * @param {import("./types.js").Switches} behaviour
 */
function shown(assumption, behaviour) {
  const value = assumed(assumption.name, behaviour)?.value;
  if (value === null) return "no limit";
  if (Array.isArray(value)) return `${value.length} regions`;
  if (typeof value === "number" && MILLISECONDS.has(assumption.name)) return `${value} ms`;
  return `\`${value}\``;
}

const MILLISECONDS = new Set([
  "afterCancel.delay",
  "afterCancel.imageDelay",
  "task.waiting",
  "image.availableDelay",
  "image.usableLag",
  "image.deleteDelay",
  "image.usableLead",
  "image.attributeDelay",
  "request.roleDelay",
  "snapshot.deleteDelay",
  "snapshot.releaseDelay",
  "clientToken.window",
  "clientToken.processing",
  "request.latency",
]);
