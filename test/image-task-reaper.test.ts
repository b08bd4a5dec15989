import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformVariable, Testing, Token } from "cdktf";
import { ImageTaskReaper, type ImageTaskReaperProps } from "../lib";
import { AlicloudProvider } from "../lib/imports/alicloud/provider";
import { emptyStack, resource, synth, writeStack } from "./synth";

jest.mock("../lib/private/reaper-archive", () => ({
  ...jest.requireActual("../lib/private/reaper-archive"),
  reaperArchive: () => Buffer.from("the function's code"),
}));

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

function reaper(props: ImageTaskReaperProps = {}) {
  const stack = emptyStack();
  new ImageTaskReaper(stack, "reaper", { logProject: "logs", ...props });
  const trigger = JSON.parse(String(resource(stack, "alicloud_fcv3_trigger").trigger_config));
  const policy = JSON.parse(String(resource(stack, "alicloud_ram_policy").policy_document)) as { readonly Statement: readonly Statement[] };
  return { stack, trigger, order: JSON.parse(trigger.payload), rights: policy.Statement };
}

const actions = (rights: readonly Statement[]): string[] => rights.flatMap(({ Action }) => Action);

test("a reaper is a function with code, role, log and a timer", () => {
  const { stack, trigger, order } = reaper();
  expect(resource(stack, "alicloud_fcv3_function")).toMatchObject({
    function_name: "imagetask-reaper",
    runtime: "nodejs20",
    handler: "reaper/index.handler",
    role: expect.stringMatching(/^\$\{alicloud_ram_role\..*\.arn\}$/),
    code: { zip_file: '${filebase64("${path.module}/imagetask-reaper.zip")}' },
    log_config: { project: "logs", logstore: "imagetask-reaper" },
    depends_on: [expect.stringContaining("alicloud_log_store."), expect.stringContaining("alicloud_ram_role_policy_attachment.")],
  });
  expect(resource(stack, "alicloud_fcv3_trigger")).toMatchObject({ trigger_type: "timer", qualifier: "LATEST" });
  expect(trigger).toMatchObject({ cronExpression: "@every 1h", enable: true });
  expect(order).toEqual({ apply: false });
  expect(JSON.parse(String(resource(stack, "alicloud_ram_role").assume_role_policy_document)).Statement[0].Principal).toEqual({
    Service: ["fc.aliyuncs.com"],
  });
});

test("a reaper that only looks has no right to change anything in ECS", () => {
  const { rights } = reaper();
  expect(actions(rights).filter((action) => !action.startsWith("ecs:Describe"))).toEqual(["log:PostLogStoreLogs"]);
});

test("a reaper that may end things has the rights to cancel and to remove, and to start nothing", () => {
  const { rights, order } = reaper({ apply: true });
  expect(order).toEqual({ apply: true });
  expect(actions(rights)).toEqual(expect.arrayContaining(["ecs:CancelTask", "ecs:CancelCopyImage", "ecs:DeleteImage"]));
  expect(actions(rights).filter((action) => /Import|Export|ecs:CopyImage|Modify|\*/.test(action))).toEqual([]);
});

test("its log is written to its own Logstore alone", () => {
  const [log] = reaper().rights.filter(({ Action }) => Action.includes("log:PostLogStoreLogs"));
  expect(log!.Resource).toEqual(["acs:log:*:*:project/logs/logstore/imagetask-reaper"]);
});

test("what the timer asks for is in its payload, and regions bound the rights to images", () => {
  const props = { apply: true, olderThan: "6h", knownStacks: ["a", "b"], regions: ["cn-hangzhou"] };
  const { order, rights, trigger } = reaper({ ...props, schedule: "0 0 3 * * *" });
  expect(order).toEqual(props);
  expect(trigger.cronExpression).toBe("0 0 3 * * *");
  expect(rights.find(({ Action }) => Action.includes("ecs:DeleteImage"))!.Resource).toEqual(["acs:ecs:cn-hangzhou:*:image/*"]);
});

test("without a log project it makes one, called after the account, whose number only Terraform knows", () => {
  const stack = emptyStack();
  new ImageTaskReaper(stack, "reaper");
  expect(resource(stack, "alicloud_log_project").project_name).toMatch(/^imagetask-reaper-\$\{data\.alicloud_account\..*\.id\}$/);
  expect(resource(stack, "alicloud_ram_policy").policy_document).toMatch(/^\$\{jsonencode\(/);
  expect(Testing.synthHcl(stack)).toContain("alicloud_fcv3_function");
});

test("known stacks may be known to Terraform alone", () => {
  const stack = emptyStack();
  const stacks = new TerraformVariable(stack, "stacks", { type: "list(string)" });
  new ImageTaskReaper(stack, "reaper", { logProject: "logs", knownStacks: stacks.listValue });
  expect(resource(stack, "alicloud_fcv3_trigger").trigger_config).toMatch(/^\$\{jsonencode\(.*jsonencode\(.*"knownStacks" = var\.stacks/);
});

test("synth lays the function's code beside the stack", () => {
  const folder = writeStack((stack) => new ImageTaskReaper(stack, "reaper"));
  expect(readFileSync(join(folder, "imagetask-reaper.zip"), "utf8")).toBe("the function's code");
  expect(existsSync(join(folder, "cdk.tf.json"))).toBe(true);
});

test("the stack's alicloud provider is used; a stack without one gets one", () => {
  const { stack } = reaper();
  expect(synth(stack).terraform.required_providers.alicloud).toMatchObject({ version: ">= 1.252.0" });

  const own = emptyStack();
  new AlicloudProvider(own, "alicloud", { region: "cn-hangzhou" });
  new ImageTaskReaper(own, "reaper");
  expect(synth(own).provider?.alicloud).toEqual([{ region: "cn-hangzhou" }]);
});

test.each<[ImageTaskReaperProps, string]>([
  [{ schedule: "0 3 * * *" }, "begins with the seconds"],
  [{ schedule: "every hour" }, '"@every 30m"'],
  [{ olderThan: "2 days" }, "A duration is a number with a unit"],
  [{ functionName: "Reaper_1" }, "lower-case letters, digits and dashes"],
  [{ knownStacks: [] }, "If you want that, omit it"],
  [{ regions: ["Hangzhou"] }, "regions[0]"],
  [{ regions: Token.asList("${var.regions}") }, "Use a literal value"],
])("%j is refused with what is allowed", (props, words) => {
  expect(() => new ImageTaskReaper(emptyStack(), "reaper", props)).toThrow(words);
});

test("reapers are recognised by their mark", () => {
  expect(ImageTaskReaper.isImageTaskReaper(new ImageTaskReaper(emptyStack(), "reaper"))).toBe(true);
});
