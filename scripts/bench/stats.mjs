/** The middle of the values; of two middles the lower. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

export const round = (value, digits = 1) => Number(value.toFixed(digits));
