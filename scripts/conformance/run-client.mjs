import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { CHECKS } from "./checks.mjs";

/** How long a client may run after the first signal and the time limit of its clean-up. */
const GRACE_MS = 60_000;

/**
 * Runs a client's suite and collects its lines.
 *
 * @param {import("./types.js").ClientRun} run
 * @returns {Promise<{ lines: import("./types.js").Line[], last?: string }>} a line for every check, including those that the client did not reach, and the last check that it reached
 */
export async function runClient({ command, args = [], cwd, config, keys, env, signal, kill, report }) {
  const hidden = secretsOf(keys);
  // In its own process group: Ctrl-C on a terminal reaches the whole group, and the client should get only our signal.
  const [program, ...rest] = command;
  const child = spawn(program, [...rest, ...args], {
    cwd,
    env: environment(env, config, keys),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  /** @type {import("./types.js").Line[]} */
  const lines = [];
  /** @type {string[]} */
  const strays = [];
  /** @param {string} text */
  const take = (text) => {
    const line = parse(redact(text, hidden));
    if (line) {
      lines.push(line);
      report?.line?.(line);
    } else strays.push(redact(text, hidden));
  };
  const printed = createInterface({ input: child.stdout }).on("line", take);
  const complained = createInterface({ input: child.stderr }).on("line", (text) => report?.stderr?.(redact(text, hidden)));
  const closed = Promise.all([printed, complained].map((reader) => new Promise((resolve) => reader.once("close", resolve))));
  const stop = stopper(child, config.cleanupMs + GRACE_MS);
  const overtime = setTimeout(() => stop(), timeLimit(config));
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  const strike = () => child.kill("SIGKILL");
  kill?.addEventListener("abort", strike, { once: true });
  /** @type {string | undefined} */
  const ending = await new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("close", (code, name) =>
      resolve(name ? `was ended by ${name}` : code === 0 || code === 130 ? undefined : `ended with exit code ${code}`),
    );
  });
  signal?.removeEventListener("abort", stop);
  kill?.removeEventListener("abort", strike);
  clearTimeout(overtime);
  stop.done();
  if (child.pid !== undefined) await closed;
  return { lines: complete(lines, strays, ending), last: lines.at(-1)?.check };
}

/**
 * Returns an environment with only the credentials for this run, and without proxies for this machine.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {import("./types.js").Config} config
 * @param {import("./types.js").Keys} keys
 * @returns {NodeJS.ProcessEnv}
 */
function environment(env, config, keys) {
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !/^(ALIBABA_?CLOUD|ALICLOUD|CONFORMANCE)/i.test(name)));
  return {
    ...rest,
    NO_PROXY: [env.NO_PROXY ?? env.no_proxy, "127.0.0.1", "localhost"].filter(Boolean).join(","),
    no_proxy: [env.no_proxy ?? env.NO_PROXY, "127.0.0.1", "localhost"].filter(Boolean).join(","),
    PYTHONDONTWRITEBYTECODE: "1",
    CONFORMANCE: JSON.stringify(config),
    ALIBABA_CLOUD_ACCESS_KEY_ID: keys.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys.secret,
    ...(keys.token && { ALIBABA_CLOUD_SECURITY_TOKEN: keys.token }),
  };
}

/**
 * Returns the secrets, also in their form in URLs. Users publish results, so the key's id is hidden too, unless it is a common word.
 *
 * @param {import("./types.js").Keys} keys
 */
function secretsOf({ id, secret, token }) {
  const texts = [secret, token ?? "", id.length >= 16 ? id : ""].filter((text) => text !== "");
  return [...texts, ...texts.map(encodeURIComponent)].sort((one, other) => other.length - one.length);
}

/**
 * Hides secrets in a text. SDKs may print what they sent: those of the first generation print a URL with token and signature.
 *
 * @param {string} text
 * @param {readonly string[]} hidden
 */
function redact(text, hidden) {
  return hidden.reduce((shown, secret) => shown.replaceAll(secret, "***"), text).replace(/(Signature=)[^&\s"']+/g, "$1***");
}

const OUTCOMES = ["passed", "failed", "skipped"];

/**
 * @param {string} text
 * @returns {import("./types.js").Line | undefined} undefined if the text is no line
 */
function parse(text) {
  try {
    const line = JSON.parse(text);
    return typeof line?.check === "string" && OUTCOMES.includes(line.outcome) ? { seen: "", facts: {}, ...line } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Returns a line for each check, in order. A check fails if its line is missing, occurs twice or is out of order.
 *
 * @param {readonly import("./types.js").Line[]} lines
 * @param {readonly string[]} strays
 * @param {string | undefined} ending
 */
function complete(lines, strays, ending) {
  const why = ending ?? (strays.length > 0 ? `printed "${strays[0]}"` : "ended");
  const names = CHECKS.map((check) => check.name);
  const known = lines.filter((line) => names.includes(line.check));
  const inTurn = known.every((line, index) => index === 0 || names.indexOf(known[index - 1].check) < names.indexOf(line.check));
  const result = names.map(
    (check) =>
      known.find((line) => line.check === check) ?? {
        check,
        outcome: "failed",
        seen: "",
        expected: `a line, but the client ${why}`,
        facts: {},
      },
  );
  if (known.length !== lines.length || !inTurn) {
    const expected = `the checks in the order of scripts/conformance/checks.mjs, but the client printed ${lines.map((line) => line.check).join(", ")}`;
    result.push({ check: "order", outcome: "failed", seen: "", expected, facts: {} });
  }
  return result;
}

/**
 * Returns the time limit of the whole suite. Each check may use its deadline several times.
 *
 * @param {import("./types.js").Config} config
 */
function timeLimit({ deadlineMs, cleanupMs }) {
  return 10 * deadlineMs + 2 * cleanupMs;
}

/**
 * Asks the client to stop, and kills it if it does not. What it left can then be found by its prefix.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {number} graceMs
 */
function stopper(child, graceMs) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const stop = () => {
    if (child.pid === undefined || timer) return;
    child.kill("SIGTERM");
    timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  };
  stop.done = () => clearTimeout(timer);
  return stop;
}
