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

/** What is reaped, how often, and under which names. */
export interface ImageTaskReaperProps {
  /**
   * End what is found. Otherwise the log tells what would be ended, and the function lacks the rights to end anything.
   *
   * @default false
   */
  readonly apply?: boolean;
  /**
   * When the function runs: `@every 30m`, or the six fields of Function Compute's cron expressions, the first of which are seconds,
   * in UTC: `0 0 3 * * *`.
   *
   * @default "@every 1h"
   */
  readonly schedule?: string;
  /**
   * What was started longer ago is overdue, whatever its own deadline is, e.g. `6h`.
   *
   * @default - its own deadline; 24 hours where it has none
   */
  readonly olderThan?: string;
  /**
   * Stacks whose operations are left alone, because they have a state that is looked after.
   *
   * @default - none
   */
  readonly knownStacks?: string[];
  /**
   * The regions that are looked through.
   *
   * @default - all of the account's
   */
  readonly regions?: string[];
  /**
   * The function's name, also that of its role, its policy and its Logstore. Lower-case letters, digits and dashes, 40 at most.
   *
   * @default "imagetask-reaper"
   */
  readonly functionName?: string;
  /**
   * A project of Simple Log Service that is there already.
   *
   * @default - a project of its own, called after the function and the account's number
   */
  readonly logProject?: string;
  /**
   * The alicloud provider, 1.252.0 or later. The function runs in its region.
   *
   * @default - the stack's own; the construct makes one for a stack that has none
   */
  readonly provider?: TerraformProvider;
}

const KIND = "ImageTaskReaper";
const ARCHIVE = "imagetask-reaper.zip";
/** Seconds. Longer than a cancel is waited for. */
const TIMEOUT = 900;
/** Days that the log is kept: it is the record of what was ended. */
const RETENTION = 90;

/**
 * Runs `imagetask reap` in Function Compute, by a timer: it finds imports and copies that nobody waits for any more, in all regions,
 * and ends them if it may. Its log is in Simple Log Service. An account needs one.
 */
export class ImageTaskReaper extends Construct {
  readonly reapFunction: alicloud.Fcv3Function;
  readonly trigger: alicloud.Fcv3Trigger;
  /** Whose rights the function has. */
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
      description: "Lets Function Compute look for image tasks that nobody waits for any more.",
      assumeRolePolicyDocument: jsonText({
        Version: "1",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: ["fc.aliyuncs.com"] } }],
      }),
      provider,
    });
    const attachment = this.grant(name, project);
    this.reapFunction = new alicloud.Fcv3Function(this, "Function", {
      functionName: name,
      description: `Finds ${apply ? "and ends " : ""}image tasks that nobody waits for any more.`,
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

  /** Whether the value is an `ImageTaskReaper`, from whichever copy of this package. */
  static isImageTaskReaper(value: unknown): value is ImageTaskReaper {
    return isMarked(value, KIND);
  }

  /** Names of projects are taken by all accounts together. */
  private makeLogProject(name: string, provider?: TerraformProvider): string {
    const account = new alicloud.DataAlicloudAccount(this, "Account", { provider });
    return new alicloud.LogProject(this, "LogProject", {
      projectName: `${name}-${account.id}`,
      description: "What the reaper of image tasks has found and ended.",
      provider,
    }).projectName;
  }

  /** To look, to end if it may, and to write to its own Logstore. */
  private grant(name: string, project: string): alicloud.RamRolePolicyAttachment {
    const { apply, regions, provider } = this.props;
    const { Version, Statement } = imageTaskPolicy([apply ? "reap" : "list"], { regions });
    const log = { Effect: "Allow", Action: ["log:PostLogStoreLogs"], Resource: [`acs:log:*:*:project/${project}/logstore/${name}`] };
    const policy = new alicloud.RamPolicy(this, "Policy", {
      policyName: name,
      description: "What the reaper of image tasks may do.",
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
