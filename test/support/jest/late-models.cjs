const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");

/**
 * A Jest transform for the SDK's `model.js`, which requires 1,300 files although a test uses a dozen of them. With it, a file is required
 * when its class is first used. Every test file loads the SDK again, which takes seven times longer with all of them.
 */
module.exports = {
  /** @param {string} source */
  process: (source) => ({ code: late(source) }),
  /** @param {string} source */
  getCacheKey: (source) => createHash("sha256").update(source).update(readFileSync(__filename)).digest("hex"),
};

/**
 * Removes `var X_1 = require("./X");`, and makes the getters on `exports` that read `X_1.Name` require the file themselves.
 *
 * @param {string} source
 */
function late(source) {
  /** @type {Map<string, string>} */
  const files = new Map();
  const rest = source.replace(/^var (\w+) = (require\("[^"]+"\));$/gm, (_, name, required) => {
    files.set(name, required);
    return "";
  });
  return rest.replace(/\breturn (\w+)\./g, (text, name) => (files.has(name) ? `return ${files.get(name)}.` : text));
}
