import { CANCEL_ACTION, WATCH_ACTION } from "../contract/actions";
import { PROVIDER_SCHEMA } from "../contract/provider";
import { COMPLETION_TYPE, TASKS_TYPE } from "../contract/resources";
import { checkProvider } from "../contract/checks";
import type { ValueObject } from "../contract/values";
import type { Diagnostic, Provider } from "../plugin/resource";
import { cancelAction } from "./actions/cancel";
import { watchAction } from "./actions/watch";
import type { Context } from "./context";
import type { Connection } from "./ecs/connection";
import { isEcs } from "./errors";
import { pendingSettings } from "./pending-settings";
import { readPolicy } from "./read-policy";
import { startList } from "./lists/start-list";
import { completionResource } from "./resources/completion";
import { copyKind } from "./resources/copy";
import { exportKind } from "./resources/export";
import { importKind } from "./resources/import";
import { issueDiagnostic } from "./resources/start-kind";
import { InterruptSummary } from "./resources/interrupt-summary";
import { startResource } from "./resources/start-resource";
import { tasksDataSource } from "./resources/tasks";
import { readUntilStopped, untilStopped } from "./resources/until-stopped";
import type { Environment } from "./environment";
import { resolveSettings } from "./settings";
import { noCredentials, settingsIssues } from "./settings-issues";
import type { EcsGateway } from "./task/gateway";

export interface ProviderDeps {
  readonly context: Context;
  readonly env: Environment;
  readonly connect: (connection: Connection) => EcsGateway & { checkCredentials(): Promise<void> };
  /** The text of a file that the environment names. */
  readonly readFile: (file: string) => string;
  /** Keeps an OIDC token, given inline, in a private file for the SDK. */
  readonly writeTokenFile: (token: string) => string;
}

/** The `imagetask` provider: what the plugin serves. */
export function createProvider({ context, env, connect, readFile, writeTokenFile }: ProviderDeps): Provider {
  const kinds = [importKind, exportKind, copyKind];

  async function configure(config: ValueObject): Promise<readonly Diagnostic[]> {
    const policy = readPolicy(config, env, readFile);
    if ("issue" in policy) return [issueDiagnostic(policy.issue)];
    context.policy = policy.policy;
    return [...context.policy.onProvider(), ...(await connectTo(config))];
  }

  async function connectTo(config: ValueObject): Promise<readonly Diagnostic[]> {
    const pending = pendingSettings(config, env);
    if (pending) {
      context.postpone(pending);
      return [];
    }
    const issues = settingsIssues(config, env);
    if (issues.length > 0) return issues.map(issueDiagnostic);
    const settings = resolveSettings(config, env, writeTokenFile);
    const gateway = connect(settings.connection);
    context.configure(settings, gateway);
    if (settings.credentialsConfigured) return [];
    try {
      await gateway.checkCredentials();
      return [];
    } catch (error) {
      return [issueDiagnostic(noCredentials(isEcs(error, "credentials") ? error.text : String(error)))];
    }
  }

  const { run } = context;
  const summary = new InterruptSummary(run, context.imageNames.describe);
  const starts = Object.fromEntries(kinds.map((kind) => [kind.type, untilStopped(kind.type, startResource(kind, context), run)]));
  return {
    schema: PROVIDER_SCHEMA,
    resources: {
      ...Object.fromEntries(Object.entries(starts).map(([type, resource]) => [type, summary.of(resource)])),
      [COMPLETION_TYPE]: summary.of(completionResource(context)),
    },
    dataSources: { [TASKS_TYPE]: readUntilStopped(tasksDataSource(context), run) },
    lists: Object.fromEntries(kinds.map((kind) => [kind.type, startList(kind, context, starts[kind.type]!)])),
    actions: { [WATCH_ACTION]: watchAction(context), [CANCEL_ACTION]: cancelAction(context) },
    validate: checkProvider,
    configure,
    stop: () => run.stop("interrupt"),
    drain: (reason) => {
      if (reason === "orphaned") run.stop("orphaned");
      else context.ownership.leaveNote();
      return run.drain();
    },
  };
}
