/**
 * An esbuild plugin that takes the voice from `debug`, which the SDK and its HTTP client carry: with DEBUG set it would write
 * every request and answer to stderr, with the secrets and tokens in them.
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
