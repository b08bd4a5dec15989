/**
 * The middle of the values; of two middles the lower.
 *
 * @param {readonly number[]} values at least one
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** @param {number} value */
export const round = (value, digits = 1) => Number(value.toFixed(digits));
