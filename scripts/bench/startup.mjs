import { spawn } from "node:child_process";
import { createSecureContext, connect as tlsConnect } from "node:tls";
import { connect } from "node:http2";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateCertificate } from "./certificate.mjs";
import { median, round } from "./stats.mjs";
import { cleanEnvironment } from "../terraform/clean-environment.cjs";
import { NODES, nodeFolder } from "../terraform/nodes.cjs";
import { pluginFile } from "./terraform.mjs";

const RUNS = 11;
const LISTENING = fileURLToPath(new URL("listening.cjs", import.meta.url));

/**
 * One start, in milliseconds, and the memory of what was started; what was not measured is absent.
 *
 * @typedef {{ handshake: number, answer?: number, peakMiB?: number }} Start
 *
 * @typedef {{ key: string, certificate: string }} Client
 */

/** The most that a start may take, over bare node, and the most memory. Bare node itself has become quicker with each line. */
const TARGETS = { 20: 1.9, 22: 1.4, 24: undefined };
const MOST_MIB = { 20: 60, 22: 70, 24: 70 };

/**
 * The plugin's start, as Terraform sees it, in turn with bare `node`, on each line of Node.js.
 *
 * @param {import("./report.mjs").Settings} settings
 * @returns {Promise<import("./report.mjs").Row[]>}
 */
export async function measureStartup({ quick, progress }) {
  /** @type {import("./report.mjs").Row[]} */
  const rows = [];
  for (const line of /** @type {const} */ ([20, 22, 24])) {
    progress(`Node.js ${NODES[line]}`);
    rows.push(...(await measure(line, quick ? 3 : RUNS)));
  }
  return rows;
}

/**
 * @param {keyof typeof NODES} line
 * @param {number} runs
 * @returns {Promise<import("./report.mjs").Row[]>}
 */
async function measure(line, runs) {
  const folder = nodeFolder(line);
  const PATH = `${folder}:${process.env.PATH}`;
  const client = generateCertificate();
  const env = cleanEnvironment({
    PATH,
    TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    PLUGIN_PROTOCOL_VERSIONS: "5,6",
    PLUGIN_CLIENT_CERT: client.certificate,
  });
  /** @param {NodeJS.ProcessEnv} [more] */
  const bareNode = (more) => start(join(folder, "node"), ["-e", "console.log()"], cleanEnvironment({ PATH, ...more }));
  const listening = () => {
    const { key: BENCH_KEY, certificate: BENCH_CERTIFICATE } = client;
    return start(join(folder, "node"), [LISTENING], cleanEnvironment({ PATH, BENCH_KEY, BENCH_CERTIFICATE }));
  };
  const { NODE_EXTRA_CA_CERTS } = process.env;
  /** @type {Start[]} */
  const node = [];
  /** @type {Start[]} */
  const listener = [];
  /** @type {Start[]} */
  const plugin = [];
  /** @type {Start[]} */
  const extraCertificates = [];
  for (let run = 0; run <= runs; run++) {
    const bare = await bareNode();
    const least = await listening();
    const ours = await start(pluginFile(), [], env, client);
    // The first of each warms the disk's cache up.
    if (run === 0) continue;
    node.push(bare);
    listener.push(least);
    plugin.push(ours);
    if (NODE_EXTRA_CA_CERTS) extraCertificates.push(await bareNode({ NODE_EXTRA_CA_CERTS }));
  }
  /**
   * @param {readonly Start[]} starts
   * @param {keyof Start} figure
   */
  const of = (starts, figure) => median(starts.map((one) => one[figure] ?? NaN));
  const bare = of(node, "handshake");
  /** @param {readonly Start[]} starts */
  const over = (starts) => round(median(starts.map((run, i) => run.handshake / node[i].handshake)), 2);
  const section = `start on Node.js ${line}`;
  /** @type {import("./report.mjs").Row[]} */
  const rows = [
    { section, name: "bare node, to its first line", value: round(bare, 0), unit: "ms" },
    { section, name: "a program that only listens with mutual TLS, over bare node", value: over(listener), unit: "×" },
    { section, name: "plugin, to the handshake", value: round(of(plugin, "handshake"), 0), unit: "ms" },
    { section, name: "plugin, to the handshake, over bare node", value: over(plugin), unit: "×", target: TARGETS[line] },
    { section, name: "plugin, to the first RPC's answer, over bare node", value: round(of(plugin, "answer") / bare, 2), unit: "×" },
  ];
  const peak = of(plugin, "peakMiB");
  if (peak)
    rows.push({ section, name: "plugin, memory (peak, after the first RPC)", value: round(peak, 0), unit: "MiB", target: MOST_MIB[line] });
  if (NODE_EXTRA_CA_CERTS) {
    const value = round(of(extraCertificates, "handshake"), 0);
    rows.push({ section, name: "bare node with the NODE_EXTRA_CA_CERTS that is set here", value, unit: "ms" });
  }
  return rows;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {Client} [client] calls the plugin; without one, only the first line is awaited
 * @returns {Promise<Start>}
 */
async function start(command, args, env, client) {
  const begun = performance.now();
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "ignore"] });
  /** @type {string} */
  const line = await new Promise((resolve, reject) => {
    child.stdout.once("data", (data) => resolve(String(data)));
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`${command} ended before its first line`)));
  });
  const handshake = performance.now() - begun;
  if (!client) {
    child.removeAllListeners("exit");
    child.kill();
    return { handshake };
  }
  const session = connectTo(line, client);
  await call(session, "/tfplugin6.Provider/GetProviderSchema");
  const answer = performance.now() - begun;
  const peakMiB = memory(child.pid);
  child.removeAllListeners("exit");
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await call(session, "/plugin.GRPCController/Shutdown");
  session.destroy();
  await ended;
  return { handshake, answer, peakMiB };
}

/**
 * As Terraform does, by the handshake's line.
 *
 * @param {string} line
 * @param {Client} client
 */
function connectTo(line, client) {
  const [, , , path, , certificate] = line.trim().split("|");
  // The handshake leaves base64's padding out; PEM wants it.
  const base64 = certificate.padEnd(Math.ceil(certificate.length / 4) * 4, "=");
  const pem = `-----BEGIN CERTIFICATE-----\n${(base64.match(/.{1,64}/g) ?? []).join("\n")}\n-----END CERTIFICATE-----\n`;
  const secureContext = createSecureContext({ ca: pem, cert: client.certificate, key: client.key });
  return connect("https://localhost", {
    createConnection: () => tlsConnect({ path, secureContext, servername: "localhost", ALPNProtocols: ["h2"] }),
  });
}

/**
 * A call with an empty message.
 *
 * @param {import("node:http2").ClientHttp2Session} session
 * @param {string} path
 */
function call(session, path) {
  const request = session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" });
  request.end(Buffer.alloc(5));
  return new Promise((resolve, reject) => {
    request.once("data", resolve);
    request.once("error", reject);
    session.once("error", reject);
  });
}

/**
 * Of the Node.js that the launcher has started.
 *
 * @param {number | undefined} launcher
 */
function memory(launcher) {
  try {
    const [pid] = readFileSync(`/proc/${launcher}/task/${launcher}/children`, "utf8").split(" ");
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // Only Linux tells.
  }
}
