/** @typedef {import("./tables.mjs").FilledRow} FilledRow */

const WIDTH = 760;
const HEIGHT = 320;
const TOP = 60;
const BOTTOM = 260;
const COLOURS = ["#b33", "#c80", "#2f6fde"];

/**
 * An SVG with two panels over the number of stacks, throttled reads and median lag, with a line for each quota.
 *
 * @param {readonly FilledRow[]} rows
 */
export function scalePlot(rows) {
  const quotas = [...new Set(rows.map(({ name }) => name))];
  /**
   * @param {number} left
   * @param {string} title
   * @param {string} unit
   * @param {(row: FilledRow) => number} valueOf
   */
  const panel = (left, title, unit, valueOf) => {
    const most = Math.max(1, ...rows.map(valueOf));
    const counts = rows.map(({ scenario }) => scenario.stacks);
    const [low, high] = [Math.log(Math.min(...counts)), Math.log(Math.max(...counts))];
    /** @param {number} stacks */
    const x = (stacks) => left + 50 + (280 * (Math.log(stacks) - low)) / (high - low);
    /** @param {number} value */
    const y = (value) => BOTTOM - (value / most) * (BOTTOM - TOP);
    const lines = quotas.map((quota, i) => {
      const points = rows
        .filter(({ name }) => name === quota)
        .map((row) => [x(row.scenario.stacks).toFixed(1), y(valueOf(row)).toFixed(1)]);
      const dots = points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${COLOURS[i]}"/>`);
      return `<polyline points="${points.map((point) => point.join(",")).join(" ")}" fill="none" stroke="${COLOURS[i]}" stroke-width="2"/>${dots.join("")}`;
    });
    const stacks = [...new Set(counts)].map(
      (count) => `<text x="${x(count).toFixed(1)}" y="${BOTTOM + 18}" text-anchor="middle">${count}</text>`,
    );
    const levels = [0, 0.5, 1].map(
      (share) =>
        `<line x1="${left + 45}" x2="${left + 335}" y1="${y(share * most)}" y2="${y(share * most)}" stroke="#ddd"/><text x="${left + 40}" y="${y(share * most) + 4}" text-anchor="end">${Number((share * most).toPrecision(3))} ${unit}</text>`,
    );
    return [`<text x="${left + 45}" y="${TOP - 16}" font-size="14">${title}</text>`, ...levels, ...lines, ...stacks].join("\n");
  };
  const legend = quotas.map(
    (quota, i) =>
      `<rect x="${50 + i * 130}" y="${HEIGHT - 22}" width="12" height="12" fill="${COLOURS[i]}"/><text x="${68 + i * 130}" y="${HEIGHT - 12}">${quota}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
<text x="50" y="20">By the number of stacks of ten imports, in one region, for three quotas of one account (calls of one action)</text>
${panel(5, "Reads throttled", "%", ({ figures }) => 100 * figures.throttled)}
${panel(385, "Lag after a task's end, median", "s", ({ figures }) => figures.lag.median ?? 0)}
${legend.join("\n")}
</svg>
`;
}
