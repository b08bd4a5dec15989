import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { ReapOrder } from "./contract/reap-order";
import { imageTaskPolicy } from "./image-task-policy";
import * as alicloud from "./imports/alicloud";
import { ensureAlicloudProvider } from "./private/alicloud-provider";
import { checkReaper } from "./private/check-reaper";
import { jsonText } from "./private/json-text";
import { isMarked, mark } from "./private/mark";
import { onSynthesize } from "./private/on-synthesize";
import { ownScope } from "./private/own-scope";
import { REAPER_HANDLER, reaperArchive } from "./private/reaper-archive";

/** What to reap and how often, and the names to use. */
export interface ImageTaskReaperProps {
  /**
   * Whether to end the operations that are found. If false, the function only logs them, and has no permission to end them.
   *
   * @default false
   */
  readonly apply?: boolean;
  /**
   * When the function runs: `@every 30m`, or the six fields of a Function Compute cron expression in UTC, which begins with the
   * seconds: `0 0 3 * * *`.
   *
   * @default "@every 1h"
   */
  readonly schedule?: string;
  /**
   * How long after its start every operation is overdue, whatever its deadline, e.g. `6h`.
   *
   * @default - the operation's deadline, or 24 hours if it has none
   */
  readonly olderThan?: string;
  /**
   * Stacks whose operations are skipped, because the stacks are still maintained.
   *
   * @default - none
   */
  readonly knownStacks?: string[];
  /**
   * The regions to search.
   *
   * @default - all regions of the account
   */
  readonly regions?: string[];
  /**
   * The name of the function, its role, its policy and its Logstore. At most 40 lower-case letters, digits and dashes.
   *
   * @default "imagetask-reaper"
   */
  readonly functionName?: string;
  /**
   * The name of an existing project of Simple Log Service.
   *
   * @default - a new project, named after the function and the account id
   */
  readonly logProject?: string;
  /**
   * The alicloud provider, 1.252.0 or later. The function runs in its region.
   *
   * @default - the stack's alicloud provider, which is created if the stack has none
   */
  readonly provider?: TerraformProvider;
}

const KIND = "ImageTaskReaper";
const ARCHIVE = "imagetask-reaper.zip";
/** The function's timeout in seconds, which is longer than `imagetask reap` waits for a cancel. */
const TIMEOUT = 900;
/** How many days to keep the log, which records what was ended. */
const RETENTION = 90;

/**
 * Runs `imagetask reap` on a timer in Function Compute: finds abandoned imports and copies in all regions and, if `apply` is set,
 * ends them. It logs to Simple Log Service. An account needs only one reaper.
 */
export class ImageTaskReaper extends Construct {
  readonly reapFunction: alicloud.Fcv3Function;
  readonly trigger: alicloud.Fcv3Trigger;
  /** The role of the function. */
  readonly role: alicloud.RamRole;
  readonly logStore: alicloud.LogStore;

  constructor(
    scope: Construct,
    id: string,
    /** The props as they were given. */
    readonly props: ImageTaskReaperProps = {},
  ) {
    super(ownScope(scope), id);
    mark(this, KIND);
    checkReaper(this, props);
    const {
      apply = false,
      schedule = "@every 1h",
      olderThan,
      knownStacks,
      regions,
      functionName: name = "imagetask-reaper",
      provider,
    } = props;
    if (provider === undefined) ensureAlicloudProvider(this);

    const project = props.logProject ?? this.makeLogProject(name, provider);
    this.logStore = new alicloud.LogStore(this, "LogStore", {
      projectName: project,
      logstoreName: name,
      retentionPeriod: RETENTION,
      provider,
    });
    new alicloud.LogStoreIndex(this, "LogIndex", {
      project,
      logstore: name,
      fullText: { caseSensitive: false, token: ", '\";=()[]{}?@&<>/:\n\t\r" },
      dependsOn: [this.logStore],
      provider,
    });
    this.role = new alicloud.RamRole(this, "Role", {
      roleName: name,
      description: "Lets Function Compute look for abandoned image tasks.",
      assumeRolePolicyDocument: jsonText({
        Version: "1",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: ["fc.aliyuncs.com"] } }],
      }),
      provider,
    });
    const attachment = this.grant(name, project);
    this.reapFunction = new alicloud.Fcv3Function(this, "Function", {
      functionName: name,
      description: `Finds ${apply ? "and ends " : ""}abandoned image tasks.`,
      runtime: "nodejs20",
      handler: REAPER_HANDLER,
      role: this.role.arn,
      cpu: 0.35,
      memorySize: 512,
      diskSize: 512,
      timeout: TIMEOUT,
      internetAccess: true,
      code: { zipFile: `\${filebase64("\${path.module}/${ARCHIVE}")}` },
      logConfig: { project, logstore: name, logBeginRule: "None" },
      dependsOn: [this.logStore, attachment],
      provider,
    });
    const order: ReapOrder = { apply, olderThan, knownStacks, regions };
    this.trigger = new alicloud.Fcv3Trigger(this, "Trigger", {
      functionName: this.reapFunction.functionName,
      triggerName: "timer",
      triggerType: "timer",
      qualifier: "LATEST",
      triggerConfig: jsonText({ cronExpression: schedule, enable: true, payload: jsonText(order) }),
      provider,
    });
    onSynthesize(this, ({ outdir, manifest }) => {
      const folder = join(outdir, manifest.forStack(TerraformStack.of(this)).workingDirectory);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, ARCHIVE), reaperArchive());
    });
  }

  /** Whether the value is an `ImageTaskReaper`, from any copy of this package. */
  static isImageTaskReaper(value: unknown): value is ImageTaskReaper {
    return isMarked(value, KIND);
  }

  /** Project names are unique across all accounts. */
  private makeLogProject(name: string, provider?: TerraformProvider): string {
    const account = new alicloud.DataAlicloudAccount(this, "Account", { provider });
    return new alicloud.LogProject(this, "LogProject", {
      projectName: `${name}-${account.id}`,
      description: "Image tasks that the reaper has found and ended.",
      provider,
    }).projectName;
  }

  /** Grants the role permissions to find operations, to end them if `apply` is set, and to write to the Logstore. */
  private grant(name: string, project: string): alicloud.RamRolePolicyAttachment {
    const { apply, regions, provider } = this.props;
    const { Version, Statement } = imageTaskPolicy([apply ? "reap" : "list"], { regions });
    const log = { Effect: "Allow", Action: ["log:PostLogStoreLogs"], Resource: [`acs:log:*:*:project/${project}/logstore/${name}`] };
    const policy = new alicloud.RamPolicy(this, "Policy", {
      policyName: name,
      description: "Permissions of the image task reaper.",
      policyDocument: jsonText({ Version, Statement: [...Statement, log] }),
      provider,
    });
    return new alicloud.RamRolePolicyAttachment(this, "Attachment", {
      roleName: this.role.id,
      policyName: policy.id,
      policyType: "Custom",
      provider,
    });
  }
}
