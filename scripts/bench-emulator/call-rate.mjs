import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../bench/terraform.mjs";

/** @type {typeof import("../../lib/emulator/identity/signature/acs3.ts")} */
const { ACS3_ALGORITHM, acs3Signature, acs3StringToSign, canonicalRequest, sha256 } = createRequire(import.meta.url)(
  join(root, "dist/emulator/identity/signature/acs3"),
);

/** Makes calls over a few kept connections, each with the next call as soon as the one before is answered, and measures. */
export class CallRate {
  #agent;
  #host;
  #connections;
  #number = 0;

  /** @param {{ endpoint: string, connections: number }} options */
  constructor({ endpoint, connections }) {
    this.#host = endpoint;
    this.#connections = connections;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /**
   * @param {import("./kinds.mjs").Kind} next
   * @param {number} milliseconds
   */
  async measure(next, milliseconds) {
    /** @type {number[]} */
    const taken = [];
    const start = performance.now();
    const end = start + milliseconds;
    const one = async () => {
      while (performance.now() < end) {
        const before = performance.now();
        await this.#call(next(this.#number++));
        taken.push(performance.now() - before);
      }
    };
    await Promise.all(Array.from({ length: this.#connections }, one));
    const seconds = (performance.now() - start) / 1_000;
    taken.sort((a, b) => a - b);
    return {
      perSecond: taken.length / seconds,
      median: taken[Math.floor(taken.length / 2)],
      p99: taken[Math.floor(taken.length * 0.99)],
    };
  }

  close() {
    this.#agent.destroy();
  }

  /**
   * @param {import("./kinds.mjs").Call} call
   * @returns {Promise<void>}
   */
  #call({ Action, ...params }) {
    const headers = signed(this.#host, Action, params);
    const [hostname, port] = this.#host.split(":");
    return new Promise((resolve, reject) => {
      request({ agent: this.#agent, hostname, port, method: "POST", path: `/?${new URLSearchParams(params)}`, headers }, (answer) => {
        // A 4xx is an answer like any other here (a task that was cancelled before); a 5xx is a bug.
        if (Number(answer.statusCode) >= 500) reject(new Error(`${Action} was answered with ${answer.statusCode}.`));
        answer.resume().once("end", () => resolve());
      })
        .once("error", reject)
        .end();
    });
  }
}

const EMPTY = sha256("");

/**
 * By the emulator's own code: what is measured is how fast it answers, not whether it agrees with others.
 *
 * @param {string} host
 * @param {string} action
 * @param {{ readonly [name: string]: string }} query
 */
function signed(host, action, query) {
  const headers = {
    host,
    "x-acs-action": action,
    "x-acs-content-sha256": EMPTY,
    "x-acs-date": new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    "x-acs-signature-nonce": randomUUID(),
    "x-acs-version": "2014-05-26",
  };
  const signedHeaders = Object.keys(headers);
  const canonical = canonicalRequest({ method: "POST", path: "/", query: Object.entries(query), headers, signedHeaders, bodyHash: EMPTY });
  const signature = acs3Signature(acs3StringToSign(canonical), "emulator-secret");
  return {
    ...headers,
    "content-length": 0,
    authorization: `${ACS3_ALGORITHM} Credential=emulator,SignedHeaders=${signedHeaders.join(";")},Signature=${signature}`,
  };
}
