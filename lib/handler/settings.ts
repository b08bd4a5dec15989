import { parseDuration } from "../contract/rules/duration";
import type { ValueObject } from "../contract/values";
import { firstBlock, trimmedText } from "./arguments-of";
import { credentialsOf } from "./credential-source";
import type { Connection } from "./ecs/connection";
import { proxiesOf, valueOf, type Environment } from "./environment";
import { runName } from "./operations/attribution";
import type { Tags } from "./task/gateway";

/** The provider block and the environment, resolved. Not available while an argument is unknown (`pending-settings.ts`). */
export interface Settings {
  readonly connection: Connection;
  /** Null if neither the block nor the environment has one. */
  readonly region: string | null;
  readonly defaultTags: Tags;
  /** The CI run, or the value of IMAGETASK_RUN; null if there is none. */
  readonly run: string | null;
  /** Milliseconds; if absent, the interval adapts to the operation. */
  readonly pollInterval?: number;
  /** False if the only source left is the metadata service, which exists only on ECS instances. */
  readonly credentialsConfigured: boolean;
}

/** The region in the provider block or, without one, in the environment. */
export function configuredRegion(config: ValueObject, env: Environment): string | null {
  return trimmedText(config["region"]) ?? valueOf(env, "region") ?? null;
}

/** Resolves a provider block that is completely known. */
export function resolveSettings(config: ValueObject, env: Environment, writeTokenFile: (token: string) => string): Settings {
  const endpoints = firstBlock(config["endpoints"]);
  const ecsEndpoint = trimmedText(endpoints["ecs"]) ?? valueOf(env, "ecsEndpoint");
  const stsEndpoint = trimmedText(endpoints["sts"]) ?? valueOf(env, "stsEndpoint");
  const protocol = trimmedText(config["protocol"]) ?? valueOf(env, "protocol") ?? schemeOf(ecsEndpoint) ?? "HTTPS";
  const { credentials, assumeRole, configured } = credentialsOf(config, env, writeTokenFile);
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
    pollInterval: parseDuration(trimmedText(config["poll_interval"]) ?? "") ?? undefined,
    credentialsConfigured: configured,
  };
}

/** Environment variables may contain URLs; the provider block accepts only `host:port`. */
export const schemeOf = (endpoint: string | undefined): string | undefined => /^(https?):\/\//i.exec(endpoint ?? "")?.[1];
export const hostOf = (endpoint: string | undefined): string | undefined => endpoint?.replace(/^https?:\/\//i, "").replace(/\/+$/, "");
