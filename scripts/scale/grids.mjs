import { round } from "../bench/stats.mjs";

/**
 * @typedef {import("./tables.mjs").Column} Column
 * @typedef {import("./tables.mjs").Row} Row
 */

/** Imports per stack, in tables whose rows differ in the number of stacks. */
const EACH = 10;
const HUNDRED_A_MINUTE = /** @type {const} */ ({ limit: 100, per: "minute" });
const TEN_A_SECOND = /** @type {const} */ ({ limit: 10, per: "second" });
/** @type {{ name: string, quota: import("./run.mjs").Quota }[]} */
export const QUOTAS = [
  { name: "100 a minute", quota: HUNDRED_A_MINUTE },
  { name: "5 a second", quota: { limit: 5, per: "second" } },
  { name: "10 a second", quota: TEN_A_SECOND },
];
const STACKS = [3, 10, 20, 50];
/** Too many stacks for 100 calls a minute. */
const CROWD = { stacks: 20, operations: EACH, quota: HUNDRED_A_MINUTE };

/** @param {number | null} value */
const seconds = (value) => (value === null ? "–" : `${round(value, 1)} s`);
/** @param {number} share of 1 */
const percent = (share) => `${round(100 * share, share > 0 && share < 0.1 ? 1 : 0)} %`;
/** @type {(action: string) => Column[1]} */
const perMinute =
  (action) =>
  ({ figures }) =>
    round(figures.perMinute[action] ?? 0, 1);

/** @type {Column[]} */
const READS = [
  ["reads a minute", ({ figures }) => round(figures.reads, 1)],
  ["DescribeTasks", perMinute("DescribeTasks")],
  ["DescribeTaskAttribute", perMinute("DescribeTaskAttribute")],
  ["DescribeImages", perMinute("DescribeImages")],
  ["busiest minute", ({ figures }) => figures.peak],
];
/** @type {Column[]} */
const LAG = [
  ["lag, median", ({ figures }) => seconds(figures.lag.median)],
  ["lag, worst", ({ figures }) => seconds(figures.lag.worst)],
];
/** @type {Column} */
const THROTTLED = ["reads throttled", ({ figures }) => percent(figures.throttled)];
/** @type {Column} */
const UNSTARTED = ["not started", ({ figures, scenario }) => percent(figures.unstarted / (scenario.stacks * scenario.operations))];
/** @type {(title: string, name: "operations" | "stacks" | "regions") => Column} */
const column = (title, name) => [title, ({ scenario }) => scenario[name] ?? 1];
/** @type {(title: string) => Column} */
const named = (title) => [title, ({ name }) => name];

/**
 * The tables of docs/scale.md, by the names of their marks: columns (a title, and a cell's text for a row), and rows (a scenario each).
 *
 * @type {{ [name: string]: { columns: readonly Column[], rows: readonly Row[] } }}
 */
export const TABLES = {
  operations: {
    columns: [column("operations", "operations"), ...READS, ...LAG],
    rows: [1, 10, 50, 100, 200, 500, 1000].map((operations) => ({ scenario: { stacks: 1, operations } })),
  },
  stacks: {
    columns: [column("stacks", "stacks"), ...READS, ...LAG],
    rows: [1, 3, 10, 20].map((stacks) => ({ scenario: { stacks, operations: EACH } })),
  },
  regions: {
    columns: [column("regions", "regions"), ...READS, ...LAG],
    rows: [1, 2, 5, 10].map((regions) => ({ scenario: { stacks: 1, operations: 100, regions } })),
  },
  quota: {
    columns: [
      named("quota"),
      column("stacks", "stacks"),
      THROTTLED,
      ...LAG,
      ["last start", ({ figures }) => `${round(figures.starting, 1)} min`],
      UNSTARTED,
    ],
    rows: QUOTAS.flatMap(({ name, quota }) => STACKS.map((stacks) => ({ name, scenario: { stacks, operations: EACH, quota } }))),
  },
  remedies: {
    columns: [
      named("remedy"),
      ["reads a minute", ({ figures }) => round(figures.reads, 0)],
      THROTTLED,
      ...LAG,
      UNSTARTED,
      ["all done after", ({ figures }) => `${round(figures.spent, 0)} min`],
    ],
    rows: [
      { name: "nothing", scenario: CROWD },
      { name: '`poll_interval = "30s"`', scenario: { ...CROWD, pollInterval: "30s" } },
      { name: '`poll_interval = "1m"`', scenario: { ...CROWD, pollInterval: "1m" } },
      { name: '`poll_interval = "2m"`', scenario: { ...CROWD, pollInterval: "2m" } },
      { name: "runs begin over 20 minutes", scenario: { ...CROWD, within: 1200 } },
      { name: 'the same, and `poll_interval = "1m"`', scenario: { ...CROWD, within: 1200, pollInterval: "1m" } },
      { name: "10 stacks at a time (`cdktf deploy --parallelism 10`)", scenario: { ...CROWD, atOnce: 10 } },
      { name: "4 stacks of 50 instead of 20 of 10", scenario: { ...CROWD, stacks: 4, operations: 50 } },
      { name: "two accounts with half of the stacks each", scenario: { ...CROWD, stacks: CROWD.stacks / 2 } },
      { name: "six times the quota (10 a second)", scenario: { ...CROWD, quota: TEN_A_SECOND } },
    ],
  },
  parallelism: {
    columns: [
      named("100 operations of one stack"),
      ["reads a minute", ({ figures }) => round(figures.reads, 1)],
      ...LAG,
      ["all done after", ({ figures }) => `${round(figures.spent, 0)} min`],
    ],
    rows: [
      { name: "`-parallelism=10`, Terraform's default", scenario: { stacks: 1, operations: 100, parallelism: 10 } },
      { name: "`-parallelism=100`", scenario: { stacks: 1, operations: 100, parallelism: 100 } },
    ],
  },
};
