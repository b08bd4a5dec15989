import { readFile } from "node:fs/promises";
import { basename } from "node:path";

/** The actions that the handler calls. Add a new one here, or its call fails with "is not a function". */
const ACTIONS = [
  "ImportImage",
  "ExportImage",
  "CopyImage",
  "CancelTask",
  "CancelCopyImage",
  "DescribeTasks",
  "DescribeTaskAttribute",
  "DescribeImages",
  "DeleteImage",
  "DescribeSnapshots",
  "DeleteSnapshot",
  "TagResources",
  "UntagResources",
  "ModifyImageAttribute",
  "ModifyImageSharePermission",
  "DescribeRegions",
];

/**
 * An esbuild plugin that removes unused code from `@alicloud/ecs20140526`: of about 1,500 model files and 700
 * client methods, about 60 and 28 are left. Node.js would have to parse all of them before the first call to ECS. It also removes WebSockets and
 * XML, which ECS's actions do not use, with everything that they require, and loads the code for dates and merging
 * only when it is used.
 *
 * @type {import("esbuild").Plugin}
 */
export const slimEcsSdk = {
  name: "slim-ecs-sdk",
  setup(build) {
    build.onLoad({ filter: /[\\/]ecs20140526[\\/]dist[\\/]models[\\/]model\.js$/ }, async ({ path }) => ({
      contents: slimModels(await readFile(path, "utf8"), path),
    }));
    build.onLoad({ filter: /[\\/]ecs20140526[\\/]dist[\\/]client\.js$/ }, async ({ path }) => ({
      contents: slimClient(await readFile(path, "utf8"), path),
    }));
    for (const filter of LEFT_OUT) build.onLoad({ filter }, () => ({ contents: "" }));
    build.onLoad({ filter: /[\\/]@darabonba[\\/]typescript[\\/]dist[\\/](index|file|func)\.js$/ }, async ({ path }) => ({
      contents: loadLate(await readFile(path, "utf8"), path),
    }));
  },
};

/**
 * `model.js` is a list of re-exports: `var X_1 = require("./X");`, then getters on `exports` that read `X_1.Name`. Moves each
 * require into its getter, because a run calls few of the actions.
 *
 * @param {string} source
 * @param {string} path
 */
function slimModels(source, path) {
  const wanted = new RegExp(`^(${ACTIONS.join("|")})(Shrink)?(Request|Response)`);
  /** @type {Map<string, string>} */
  const files = new Map();
  const getters = source.split("\n").flatMap((line) => {
    const [, variable, file] = /^var (\w+) = require\("\.\/(\w+)"\);$/.exec(line) ?? [];
    if (variable && wanted.test(file)) files.set(variable, file);
    const read = /^Object\.defineProperty\(exports, "\w+", .*return (\w+)\./.exec(line)?.[1] ?? "";
    return files.has(read) ? [line.replace(`return ${read}.`, `return require("./${files.get(read)}").`)] : [];
  });
  for (const action of ACTIONS) {
    if (!getters.some((line) => line.includes(`exports, "${action}Request"`)))
      throw new Error(`${path}: no model ${action}Request found; has the SDK's layout changed?`);
  }
  return ['"use strict";', 'Object.defineProperty(exports, "__esModule", { value: true });', ...getters].join("\n");
}

/**
 * In `client.js` every action has two methods, `action` and `actionWithOptions`, indented by four spaces.
 *
 * @param {string} source
 * @param {string} path
 */
function slimClient(source, path) {
  const wanted = new Set(
    ACTIONS.map((action) => action[0].toLowerCase() + action.slice(1)).flatMap((name) => [name, `${name}WithOptions`]),
  );
  const found = new Set();
  const slim = source.replace(/^ {4}async (\w+)\([^\n]*\) \{\n[\s\S]*?^ {4}\}\n/gm, (method, name) => {
    if (!wanted.has(name)) return "";
    found.add(name);
    return method;
  });
  const missing = [...wanted].filter((name) => !found.has(name));
  if (missing.length) throw new Error(`${path}: no method ${missing.join(", ")} found; has the SDK's layout changed?`);
  return slim;
}

const LEFT_OUT = [
  /[\\/]@darabonba[\\/]typescript[\\/]dist[\\/](websocket|xml)\.js$/,
  /[\\/]openapi-core[\\/]dist[\\/]websocketUtils[\\/]index\.js$/,
];

/**
 * The modules that files of the SDK's runtime require, although few calls use them.
 *
 * @type {{ readonly [file: string]: readonly string[] }}
 */
const LATE = {
  "index.js": ["date_1"],
  "file.js": ["date_1"],
  "func.js": ["_"],
};

/**
 * Moves `var x = require("x");` to where `x` is used, so that it runs only then.
 *
 * @param {string} source
 * @param {string} path
 */
function loadLate(source, path) {
  return LATE[basename(path)].reduce((text, name) => {
    const declaration = new RegExp(`^var ${name} = (.*require\\("[^"]+"\\).*);$`, "m").exec(text);
    if (!declaration) throw new Error(`${path}: no ${name} found; has the SDK's layout changed?`);
    return text.replace(declaration[0], "").replace(new RegExp(`(?<![\\w$.])${name}(?![\\w$])`, "g"), `(${declaration[1]})`);
  }, source);
}
