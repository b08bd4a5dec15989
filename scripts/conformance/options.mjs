import { parseArgs } from "node:util";
import { CLIENTS } from "./clients.mjs";
import { UsageError } from "./usage-error.mjs";

const OPTIONS = /** @type {const} */ ({
  real: { type: "boolean", default: false },
  full: { type: "boolean", default: false },
  region: { type: "string" },
  endpoint: { type: "string" },
  client: { type: "string", multiple: true },
  bucket: { type: "string" },
  object: { type: "string" },
  image: { type: "string" },
  "destination-region": { type: "string" },
  json: { type: "string" },
  help: { type: "boolean", default: false },
});

/** @type {{ [Name in "region" | "destination-region" | "bucket" | "object" | "image"]: [pattern: RegExp, what: string] }} */
const PATTERNS = {
  region: [/^[a-z]{2,}(-[a-z0-9]+)+$/, "a region's id such as cn-hangzhou"],
  "destination-region": [/^[a-z]{2,}(-[a-z0-9]+)+$/, "a region's id such as cn-beijing"],
  bucket: [/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "an OSS bucket's name"],
  object: [/^[^/\\].*/s, "an OSS object's name, with no slash before it"],
  image: [/^m-[a-z0-9]+$/, "an image's id such as m-bp1…"],
};

export const USAGE = `npm run conformance -- [options]

Without options: runs all checks with every client, each against its own emulator.

  --client NAME              ${Object.keys(CLIENTS).join(", ")}; repeatable. Default: all whose tools are installed
  --endpoint HOST:PORT       ECS's endpoint; without --real, one on this machine, such as that of \`imagetask emulator\`
  --region ID                default cn-hangzhou
  --json FILE                write all results to this file

  --real                     call real ECS, with ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for a session,
                             ALIBABA_CLOUD_SECURITY_TOKEN from the environment. Makes only Describe calls, which change nothing and are free
  --full                     also start imports, an export and a copy, and cancel them within about a minute. docs/real-ecs.md says
                             what that may cost. On real ECS, this needs:
  --bucket NAME              a bucket in the region
  --object NAME              an image file in it
  --image ID                 one of your Available images, for export-cancel and copy-cancel. It is not changed
  --destination-region ID    the region for copy-cancel
`;

/**
 * Reads the command line. Against an emulator, all checks run; against real ECS, only those that read, unless \`--full\` is given.
 *
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {import("./types.js").Options}
 * @throws UsageError with one line that says what is wrong and what is allowed
 */
export function parseOptions(args, env) {
  const given = strictArgs(args);
  for (const [name, [pattern, what]] of Object.entries(PATTERNS)) {
    const value = given[/** @type {keyof typeof PATTERNS} */ (name)];
    if (value !== undefined && !pattern.test(value)) throw new UsageError(`--${name} is "${value}". It takes ${what}.`);
  }
  for (const client of given.client ?? []) {
    if (!(client in CLIENTS)) throw new UsageError(`--client is "${client}". It takes one of ${Object.keys(CLIENTS).join(", ")}.`);
  }
  const { protocol, host } = readEndpoint(given.endpoint, given.real);
  if (given.real) checkReal(given, env);
  const region = given.region ?? "cn-hangzhou";
  if (given["destination-region"] === region)
    throw new UsageError(`--destination-region is "${region}", the same as --region. Name another region.`);
  return {
    help: given.help,
    mode: given.real ? "real" : given.endpoint ? "endpoint" : "emulator",
    full: given.full || !given.real,
    region,
    protocol,
    endpoint: host,
    clients: given.client && [...new Set(given.client)],
    bucket: given.bucket,
    object: given.object,
    image: given.image,
    destinationRegion: given["destination-region"],
    json: given.json,
  };
}

/**
 * The options from `parseArgs`, after a check that each has a value of its type.
 *
 * @typedef {object} Given
 * @property {boolean} real
 * @property {boolean} full
 * @property {boolean} help
 * @property {string} [region]
 * @property {string} [endpoint]
 * @property {string[]} [client]
 * @property {string} [bucket]
 * @property {string} [object]
 * @property {string} [image]
 * @property {string} [destination-region]
 * @property {string} [json]
 *
 * @param {readonly string[]} args
 * @returns {Given}
 */
function strictArgs(args) {
  const { tokens, values } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const names = Object.keys(OPTIONS).map((name) => `--${name}`);
  for (const token of tokens) {
    if (token.kind === "positional") throw new UsageError(`Unexpected argument "${token.value}". Options: ${names.join(", ")}.`);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(OPTIONS, token.name) ? OPTIONS[/** @type {keyof typeof OPTIONS} */ (token.name)] : undefined;
    if (!option) throw new UsageError(`Unknown option ${token.rawName}. Options: ${names.join(", ")}.`);
    if (option.type === "boolean" && token.value !== undefined)
      throw new UsageError(`${token.rawName} takes no value; "${token.value}" was given.`);
    if (option.type === "string" && (!token.value || (!token.inlineValue && token.value.startsWith("--"))))
      throw new UsageError(`${token.rawName} needs a value, e.g. ${token.rawName}=VALUE.`);
  }
  return /** @type {Given} */ (values);
}

const LOCAL = /^(127(\.\d+){3}|localhost|\[::1\])$/;

/**
 * @param {string | undefined} given
 * @param {boolean} real
 * @returns {{ protocol: string, host?: string }}
 */
function readEndpoint(given, real) {
  if (given === undefined) return { protocol: real ? "https" : "http" };
  const [, scheme, host, name] = /^(?:(https?):\/\/)?(([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?)\/?$/.exec(given) ?? [];
  if (!host) throw new UsageError(`--endpoint is "${given}". It takes HOST, HOST:PORT or a URL without a path.`);
  const local = LOCAL.test(name ?? "");
  if (!real && !local) throw new UsageError(`--endpoint is "${given}", which isn't on this machine. Add --real to test a real ECS.`);
  if (real && scheme === "http" && !local) throw new UsageError(`--endpoint is "${given}". Real ECS is called only over https.`);
  return { protocol: scheme ?? (real ? "https" : "http"), host };
}

/**
 * @param {Given} given
 * @param {NodeJS.ProcessEnv} env
 */
function checkReal(given, env) {
  const missing = ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"].filter((name) => !env[name]);
  if (missing.length > 0) throw new UsageError(`--real needs ${missing.join(" and ")} in the environment.`);
  const needed = /** @type {const} */ (["bucket", "object"]).filter((name) => given[name] === undefined);
  if (given.full && needed.length > 0)
    throw new UsageError(
      `--real --full needs ${needed.map((name) => `--${name}`).join(" and ")}: an image file in OSS for imports to start from.`,
    );
}
