import { Context, type Log } from "../handler/context";
import type * as Sdk from "../handler/ecs/sdk";
import { SdkGateway } from "../handler/ecs/sdk-gateway";
import type { Environment } from "../handler/environment";
import { resolveSettings, configuredRegion } from "../handler/settings";
import { settingsIssues } from "../handler/settings-issues";
import { systemClock, type Clock } from "../handler/task/clock";
import { writeTokenFile } from "../handler/token-file";

export interface ConnectOptions {
  readonly env: Environment;
  readonly loadSdk: () => Promise<typeof Sdk>;
  readonly clock?: Clock;
  readonly log?: Log;
}

/** The environment has no usable credentials or endpoint. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/**
 * The provider's core, with settings and credentials from the environment only, as with an empty provider block.
 *
 * @throws SettingsError that names the invalid variable
 */
export function connect({ env, loadSdk, clock = systemClock, log = () => undefined }: ConnectOptions): Context {
  const [issue] = settingsIssues({}, env);
  if (issue) throw new SettingsError(`${issue.summary}. ${issue.detail}`);
  const settings = resolveSettings({}, env, writeTokenFile);
  const context = new Context(clock, Math.random, log);
  context.configure(settings, new SdkGateway(settings.connection, loadSdk, log));
  return context;
}

/** The region that the environment names. */
export const environmentRegion = (env: Environment): string | null => configuredRegion({}, env);
