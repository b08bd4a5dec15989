/**
 * An esbuild plugin that silences `debug`, which the SDK and its HTTP client contain: if DEBUG is set, it would write
 * every request and answer to stderr, with their secrets and tokens.
 *
 * @type {import("esbuild").Plugin}
 */
export const silentDebug = {
  name: "silent-debug",
  setup(build) {
    build.onResolve({ filter: /^debug$/ }, () => ({ path: "debug", namespace: "silent-debug" }));
    build.onLoad({ filter: /.*/, namespace: "silent-debug" }, () => ({
      contents: "module.exports = () => Object.assign(() => {}, { enabled: false });",
    }));
  },
};
