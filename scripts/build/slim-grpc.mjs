import { existsSync } from "node:fs";
import { join } from "node:path";

const SOURCES = "node_modules/@grpc/grpc-js/build/src";

/** The server's exports, without those of the client. */
const ENTRY = {
  Server: ["server", "Server"],
  ServerCredentials: ["server-credentials", "ServerCredentials"],
  status: ["constants", "Status"],
};

/**
 * What the server uses from the removed modules. Load reports are off unless a server option turns them on, and
 * Channelz services are created only on request.
 */
const LEFT_OUT = {
  "make-client": "module.exports = {};",
  orca: 'module.exports = { GRPC_METRICS_HEADER: "endpoint-load-metrics-bin", PerRequestMetricRecorder: class {} };',
};

/**
 * An esbuild plugin that keeps only the server of `@grpc/grpc-js`. Four fifths of the library are its client, which a
 * plugin does not use. Loading it would take as long as the rest of the start, four times in every apply.
 *
 * @type {import("esbuild").Plugin}
 */
export const slimGrpc = {
  name: "slim-grpc",
  setup(build) {
    build.onResolve({ filter: /^@grpc\/grpc-js$/ }, () => ({ path: "server-only", namespace: "slim-grpc" }));
    build.onLoad({ filter: /.*/, namespace: "slim-grpc" }, () => {
      const sources = join(build.initialOptions.absWorkingDir ?? ".", SOURCES);
      const lines = Object.entries(ENTRY).map(
        ([name, [file, exported]]) => `exports.${name} = require(${JSON.stringify(present(join(sources, `${file}.js`)))}).${exported};`,
      );
      return { contents: lines.join("\n"), resolveDir: sources };
    });
    build.onResolve({ filter: /^@grpc\/proto-loader$/ }, () => ({ path: "nothing", namespace: "left-out" }));
    build.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "" }));
    for (const [file, contents] of Object.entries(LEFT_OUT)) {
      build.onLoad({ filter: new RegExp(`grpc-js[\\\\/]build[\\\\/]src[\\\\/]${file}\\.js$`) }, () => ({ contents }));
    }
  },
};

/** @param {string} file */
function present(file) {
  if (!existsSync(file)) throw new Error(`${file} does not exist; has the library's layout changed?`);
  return file;
}
