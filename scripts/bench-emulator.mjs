// `npm run bench:emulator`: how many calls the emulator answers in a second, over HTTP on the loopback, with 10,000 tasks and
// images in one region. Emulator and client are processes of their own. Takes about ten seconds; fails below 1,000 a second;
// a reply with a hundred tasks may take four times as long as others.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { CallRate } from "./bench-emulator/call-rate.mjs";
import { BIG_REPLIES, kindsOfCalls } from "./bench-emulator/kinds.mjs";

const GOAL = 1_000;
const GOAL_BIG = GOAL / 4;
const SIZE = 10_000;
const CONNECTIONS = 4;
const SECONDS = 9;

const server = fork(fileURLToPath(new URL("./bench-emulator/server.mjs", import.meta.url)), [String(SIZE)]);
const [told] = await Promise.race([once(server, "message"), once(server, "exit").then(ended)]);
const { endpoint, taskIds, imageIds } = /** @type {import("./bench-emulator/server.mjs").Listening} */ (told);
const rate = new CallRate({ endpoint, connections: CONNECTIONS });
const kinds = Object.entries(kindsOfCalls({ taskIds, imageIds }));

console.log(`${SIZE} tasks and images, ${CONNECTIONS} connections, every call signed (ACS3-HMAC-SHA256)\n`);
console.log(`${"call".padEnd(46)} ${"calls/s".padStart(8)} ${"median ms".padStart(10)} ${"p99 ms".padStart(8)}`);
const failed = [];
try {
  for (const [name, next] of kinds) {
    const { perSecond, median, p99 } = await rate.measure(next, (SECONDS * 1_000) / kinds.length);
    console.log(`${name.padEnd(46)} ${perSecond.toFixed(0).padStart(8)} ${median.toFixed(2).padStart(10)} ${p99.toFixed(2).padStart(8)}`);
    const goal = BIG_REPLIES.has(name) ? GOAL_BIG : GOAL;
    if (perSecond < goal) failed.push(`${name} (below ${goal} a second)`);
  }
} finally {
  rate.close();
  server.kill();
}
if (failed.length > 0) console.log(`\nToo slow: ${failed.join("; ")}.`);
process.exitCode = failed.length > 0 ? 1 : 0;

/**
 * @param {unknown[]} exit
 * @returns {never}
 */
function ended([code]) {
  throw new Error(`The emulator's process ended with ${code} before it listened.`);
}
