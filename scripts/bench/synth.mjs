import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, round } from "./stats.mjs";
import { cleanEnvironment } from "../terraform/clean-environment.cjs";
import { root } from "./terraform.mjs";

/**
 * The time and the size that constructs add to a synth, without starting Node and without loading cdktf.
 *
 * @param {import("./report.mjs").Settings} settings
 * @returns {Promise<import("./report.mjs").Row[]>}
 */
export async function measureSynth({ quick }) {
  const runs = quick ? 2 : 5;
  /**
   * @param {number} stacks
   * @param {number} constructs of each
   * @param {string} [rules]
   */
  const of = (stacks, constructs, rules = "") => Array.from({ length: runs }, () => synth(stacks, constructs, rules));
  const empty = of(1, 0);
  const one = of(1, 1);
  const many = of(1, 500);
  // What it prints is the processor's time for the checks.
  const guarded = of(1, 500, JSON.stringify(RULES));
  const fiveStacks = of(5, 1);
  /** @param {readonly Sample[]} samples */
  const ms = (samples) => median(samples.map((sample) => sample.ms));
  return [
    { section: "synth", name: "an empty stack", value: round(ms(empty), 0), unit: "ms" },
    {
      section: "synth",
      name: "the first construct of an app, with the plugin's files",
      value: round(ms(one) - ms(empty), 0),
      unit: "ms",
      target: 150,
    },
    { section: "synth", name: "each further stack with a construct", value: round((ms(fiveStacks) - ms(one)) / 4, 1), unit: "ms" },
    { section: "synth", name: "each further construct, of 500", value: round((ms(many) - ms(one)) / 499, 2), unit: "ms", target: 2 },
    {
      section: "synth",
      name: "guard rails, all ten, over 500 constructs (CPU)",
      value: round(ms(guarded), 0),
      unit: "ms",
      target: 300,
    },
    {
      section: "synth",
      name: "JSON per construct, of 500",
      value: round((many[0].jsonBytes - one[0].jsonBytes) / 499 / 1024, 2),
      unit: "KiB",
    },
    { section: "synth", name: "plugin files in one stack, on disk once", value: round(one[0].pluginBytes / 1024, 0), unit: "KiB" },
  ];
}

/** All ten; each construct keeps them. */
const RULES = {
  buckets: ["bench-*"],
  regions: ["cn-*"],
  encryptCopies: true,
  forbidDetach: true,
  requiredTags: { team: "*" },
  maxTimeout: "3h",
  namePattern: "image-*",
  retain: false,
  forbidCredentials: true,
  roles: ["Aliyun*"],
};

const APP = `
  const { App, TerraformStack } = require("cdktf");
  const { ImageImport, ImageTaskGuardrails } = require(process.env.BENCH_PACKAGE);
  const app = new App({ outdir: process.env.BENCH_OUT, skipValidation: false });
  const begun = performance.now();
  for (let s = 0; s < Number(process.env.BENCH_STACKS); s++) {
    const stack = new TerraformStack(app, "stack" + s);
    for (let i = 0; i < Number(process.env.BENCH_CONSTRUCTS); i++) {
      new ImageImport(stack, "image" + i, { region: "cn-hangzhou", imageName: "image-" + i, tags: { team: "bench" }, diskDeviceMapping: [{ ossBucket: "bench-bucket", ossObject: "disk.qcow2" }] });
    }
  }
  if (!process.env.BENCH_RULES) {
    app.synth();
    console.log(performance.now() - begun);
  } else {
    ImageTaskGuardrails.applyTo(app, JSON.parse(process.env.BENCH_RULES));
    app.synth();
    // Once more, by itself: the checks alone.
    const before = process.cpuUsage();
    for (const stack of app.node.children) stack.node.validate();
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1000);
  }
`;

/**
 * @typedef {{ ms: number, jsonBytes: number, pluginBytes: number }} Sample
 *
 * @param {number} stacks
 * @param {number} constructs of each
 * @param {string} rules
 * @returns {Sample}
 */
function synth(stacks, constructs, rules) {
  const out = mkdtempSync(join(tmpdir(), "imagetask-bench-"));
  try {
    const env = cleanEnvironment({
      BENCH_PACKAGE: join(root, "dist"),
      BENCH_OUT: out,
      BENCH_STACKS: String(stacks),
      BENCH_CONSTRUCTS: String(constructs),
      BENCH_RULES: rules,
    });
    const run = spawnSync(process.execPath, ["-e", APP], { cwd: root, env, encoding: "utf8" });
    if (run.status !== 0) throw new Error(`synth failed:\n${run.stderr}`);
    const folder = join(out, "stacks", "stack0");
    const jsonBytes = readFileSync(join(folder, "cdk.tf.json")).length;
    return { ms: Number(run.stdout.trim()), jsonBytes, pluginBytes: constructs === 0 ? 0 : distinctBytes(join(folder, "terraform.d")) };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/**
 * Hard links of one file count once.
 *
 * @param {string} folder
 */
function distinctBytes(folder) {
  const inodes = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { ino, size } = statSync(join(entry.parentPath ?? entry.path, entry.name));
    inodes.set(ino, size);
  }
  return [...inodes.values()].reduce((total, size) => total + size, 0);
}
