const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 50;
const BOTTOM = 250;
const TOP = 40;
/** Seconds at the top of the axis. */
const MOST = 10;

/**
 * Median and worst lag by the number of operations, as an SVG.
 *
 * @param {readonly import("./report.mjs").Row[]} rows
 */
export function lagPlot(rows) {
  const points = rows.filter((row) => row.plot);
  const sections = [...new Set(points.map((row) => row.section))];
  const step = (WIDTH - LEFT - 20) / Math.max(1, sections.length);
  /** @param {number} seconds */
  const y = (seconds) => BOTTOM - (Math.min(seconds, MOST) / MOST) * (BOTTOM - TOP);
  const bars = points.map((row) => {
    const x = LEFT + sections.indexOf(row.section) * step + (row.plot === "median" ? step * 0.2 : step * 0.5);
    const fill = row.plot === "median" ? "#2f6fde" : "#9bb8ee";
    return `<rect x="${x.toFixed(1)}" y="${y(row.value).toFixed(1)}" width="${(step * 0.28).toFixed(1)}" height="${(BOTTOM - y(row.value)).toFixed(1)}" fill="${fill}"/><text x="${(x + step * 0.14).toFixed(1)}" y="${(y(row.value) - 5).toFixed(1)}" text-anchor="middle">${row.value} s</text>`;
  });
  const names = sections.map(
    (name, i) => `<text x="${(LEFT + (i + 0.5) * step).toFixed(1)}" y="${BOTTOM + 20}" text-anchor="middle">${name}</text>`,
  );
  const limits = /** @type {const} */ ([
    [3, "target, median"],
    [8, "target, worst"],
  ]).map(
    ([seconds, name]) =>
      `<line x1="${LEFT}" x2="${WIDTH - 10}" y1="${y(seconds)}" y2="${y(seconds)}" stroke="#b33" stroke-dasharray="4 4"/><text x="${WIDTH - 12}" y="${y(seconds) - 4}" text-anchor="end" fill="#b33">${name} ${seconds} s</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
<text x="${LEFT}" y="20" font-size="14">Lag between a task's end and our seeing it (median, worst)</text>
<line x1="${LEFT}" x2="${LEFT}" y1="${TOP}" y2="${BOTTOM}" stroke="black"/><line x1="${LEFT}" x2="${WIDTH - 10}" y1="${BOTTOM}" y2="${BOTTOM}" stroke="black"/>
${[...limits, ...bars, ...names].join("\n")}
</svg>
`;
}
