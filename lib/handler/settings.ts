import { parseDuration } from "../contract/rules/duration";
import type { ValueObject } from "../contract/values";
import { firstBlock, text } from "./arguments-of";
import { credentialsOf } from "./credential-source";
import type { Connection } from "./ecs/connection";
import { proxiesOf, valueOf, type Environment } from "./environment";
import { runName } from "./operations/attribution";
import type { Tags } from "./task/gateway";

/** The provider block and the environment, resolved. There are none while an argument is unknown (`pending-settings.ts`). */
export interface Settings {
  readonly connection: Connection;
  /** Null: neither configured nor in the environment. */
  readonly region: string | null;
  readonly defaultTags: Tags;
  /** The CI run, or whatever else IMAGETASK_RUN names, that starts things; null where there is none. */
  readonly run: string | null;
  /** Milliseconds; absent: adaptive. */
  readonly pollInterval?: number;
  /** Nothing points to credentials: what remains is to ask the instance that this may run on. */
  readonly credentialsInSight: boolean;
}

/** The region of the provider block or, where that gives none, of the environment. */
export function configuredRegion(config: ValueObject, env: Environment): string | null {
  return text(config["region"]) ?? valueOf(env, "region") ?? null;
}

/** Resolves a provider block of which everything is known. */
export function resolveSettings(config: ValueObject, env: Environment, writeTokenFile: (token: string) => string): Settings {
  const endpoints = firstBlock(config["endpoints"]);
  const ecsEndpoint = text(endpoints["ecs"]) ?? valueOf(env, "ecsEndpoint");
  const stsEndpoint = text(endpoints["sts"]) ?? valueOf(env, "stsEndpoint");
  const protocol = text(config["protocol"]) ?? valueOf(env, "protocol") ?? schemeOf(ecsEndpoint) ?? "HTTPS";
  const { credentials, assumeRole, inSight } = credentialsOf(config, env, writeTokenFile);
  return {
    connection: {
      protocol: protocol.toUpperCase() === "HTTP" ? "HTTP" : "HTTPS",
      ecsEndpoint: hostOf(ecsEndpoint),
      stsEndpoint: hostOf(stsEndpoint),
      credentials,
      assumeRole,
      proxies: proxiesOf(env),
    },
    region: configuredRegion(config, env),
    defaultTags: (config["default_tags"] ?? {}) as Tags,
    run: runName(valueOf(env, "run")),
    pollInterval: parseDuration(text(config["poll_interval"]) ?? "") ?? undefined,
    credentialsInSight: inSight,
  };
}

/** The environment's variables hold URLs here and there, where the provider block takes `host:port` only. */
export const schemeOf = (endpoint: string | undefined): string | undefined => /^(https?):\/\//i.exec(endpoint ?? "")?.[1];
export const hostOf = (endpoint: string | undefined): string | undefined => endpoint?.replace(/^https?:\/\//i, "").replace(/\/+$/, "");
