import { randomBytes } from "node:crypto";

const HOUR_MS = 3_600_000;

/**
 * Returns the settings and the keys for one client.
 *
 * @param {string} client
 * @param {import("./types.js").Options} options
 * @param {NodeJS.ProcessEnv} env
 * @param {import("./types.js").Offer} [offered] what the emulator offers that was started for the client; undefined for any other endpoint
 * @returns {{ config: import("./types.js").Config, keys: import("./types.js").Keys }} `config` for the variable CONFORMANCE, without secrets, and `keys`
 */
export function settingsFor(client, options, env, offered) {
  const real = options.mode === "real";
  const endpoint = offered?.endpoint ?? options.endpoint ?? `ecs.${options.region}.aliyuncs.com`;
  const destinationRegion = options.destinationRegion ?? offered?.destinationRegion;
  const config = {
    endpoint,
    protocol: options.protocol,
    region: options.region,
    full: options.full,
    // Letters, digits and dashes: image names begin with it and, without the dashes, names of exported objects (30 characters at most).
    prefix: `conformance-${client}-${randomBytes(4).toString("hex")}`,
    bucket: options.bucket ?? offered?.bucket ?? "images",
    object: options.object ?? offered?.object ?? "web.qcow2",
    image: options.image ?? offered?.image,
    destinationRegion,
    destinationEndpoint: destinationRegion && isLocal(endpoint) ? endpoint : `ecs.${destinationRegion}.aliyuncs.com`,
    pollMs: real ? 3_000 : 100,
    deadlineMs: real ? 180_000 : 15_000,
    // A copy that can't be cancelled has to end before its image can be deleted.
    cleanupMs: real ? HOUR_MS : 15_000,
  };
  const keys = real
    ? {
        id: env.ALIBABA_CLOUD_ACCESS_KEY_ID ?? "",
        secret: env.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? "",
        token: env.ALIBABA_CLOUD_SECURITY_TOKEN || undefined,
      }
    : { id: "emulator", secret: "emulator-secret" };
  return { config, keys };
}

/** @param {string} endpoint */
function isLocal(endpoint) {
  return /^(127\.|localhost|\[::1\])/.test(endpoint);
}
