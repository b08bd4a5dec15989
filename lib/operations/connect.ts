import { Context, type Log } from "../handler/context";
import type * as Sdk from "../handler/ecs/sdk";
import { SdkGateway } from "../handler/ecs/sdk-gateway";
import { isEcs } from "../handler/errors";
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
export function connect(options: ConnectOptions): Context {
  return connected(options).context;
}

/**
 * Like `connect`, but also checks that there are credentials.
 *
 * @throws SettingsError that names the invalid variable, or says which to set
 */
export async function connectWithCredentials(options: ConnectOptions): Promise<Context> {
  const { context, gateway } = connected(options);
  if (context.settings.credentialsConfigured) return context;
  try {
    await gateway.checkCredentials();
    return context;
  } catch (error) {
    throw new SettingsError(NO_CREDENTIALS(isEcs(error, "credentials") ? error.text : String(error)), { cause: error });
  }
}

function connected({ env, loadSdk, clock = systemClock, log = () => undefined }: ConnectOptions): {
  readonly context: Context;
  readonly gateway: SdkGateway;
} {
  const [issue] = settingsIssues({}, env);
  if (issue) throw new SettingsError(`${issue.summary}. ${issue.detail}`);
  const settings = resolveSettings({}, env, writeTokenFile);
  const context = new Context(clock, Math.random, log);
  const gateway = new SdkGateway(settings.connection, loadSdk, log);
  context.configure(settings, gateway);
  return { context, gateway };
}

const NO_CREDENTIALS = (reason: string): string =>
  `No credentials for Alibaba Cloud: the environment gives none, nor does the metadata service of ECS instances (${reason}). Set ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, or ALICLOUD_PROFILE.`;

export const environmentRegion = (env: Environment): string | null => configuredRegion({}, env);
