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

test("a reaper is a function with its code, a role, a log and a timer", () => {
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

test("a reaper without apply has no right to change anything in ECS", () => {
  const { rights } = reaper();
  expect(actions(rights).filter((action) => !action.startsWith("ecs:Describe"))).toEqual(["log:PostLogStoreLogs"]);
});

test("a reaper with apply has the rights to cancel and to delete, and none to start", () => {
  const { rights, order } = reaper({ apply: true });
  expect(order).toEqual({ apply: true });
  expect(actions(rights)).toEqual(expect.arrayContaining(["ecs:CancelTask", "ecs:CancelCopyImage", "ecs:DeleteImage"]));
  expect(actions(rights).filter((action) => /Import|Export|ecs:CopyImage|Modify|\*/.test(action))).toEqual([]);
});

test("a reaper has the right to write to its own Logstore only", () => {
  const [log] = reaper().rights.filter(({ Action }) => Action.includes("log:PostLogStoreLogs"));
  expect(log!.Resource).toEqual(["acs:log:*:*:project/logs/logstore/imagetask-reaper"]);
});

test("the payload of the timer has the props of the reaper, and its rights are limited to its regions", () => {
  const props = { apply: true, olderThan: "6h", knownStacks: ["a", "b"], regions: ["cn-hangzhou"] };
  const { order, rights, trigger } = reaper({ ...props, schedule: "0 0 3 * * *" });
  expect(order).toEqual(props);
  expect(trigger.cronExpression).toBe("0 0 3 * * *");
  expect(rights.find(({ Action }) => Action.includes("ecs:DeleteImage"))!.Resource).toEqual(["acs:ecs:cn-hangzhou:*:image/*"]);
});

test("without a log project it creates one, named after the account's id, which only Terraform knows", () => {
  const stack = emptyStack();
  new ImageTaskReaper(stack, "reaper");
  expect(resource(stack, "alicloud_log_project").project_name).toMatch(/^imagetask-reaper-\$\{data\.alicloud_account\..*\.id\}$/);
  expect(resource(stack, "alicloud_ram_policy").policy_document).toMatch(/^\$\{jsonencode\(/);
  expect(Testing.synthHcl(stack)).toContain("alicloud_fcv3_function");
});

test("knownStacks can be a list that only Terraform knows", () => {
  const stack = emptyStack();
  const stacks = new TerraformVariable(stack, "stacks", { type: "list(string)" });
  new ImageTaskReaper(stack, "reaper", { logProject: "logs", knownStacks: stacks.listValue });
  expect(resource(stack, "alicloud_fcv3_trigger").trigger_config).toMatch(/^\$\{jsonencode\(.*jsonencode\(.*"knownStacks" = var\.stacks/);
});

test("synth writes the code of the function beside the stack", () => {
  const folder = writeStack((stack) => new ImageTaskReaper(stack, "reaper"));
  expect(readFileSync(join(folder, "imagetask-reaper.zip"), "utf8")).toBe("the function's code");
  expect(existsSync(join(folder, "cdk.tf.json"))).toBe(true);
});

test("the alicloud provider of the stack is used, and created if there is none", () => {
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
])("%j is refused with a message about what is allowed", (props, words) => {
  expect(() => new ImageTaskReaper(emptyStack(), "reaper", props)).toThrow(words);
});

test("isImageTaskReaper recognises a reaper, and nothing else", () => {
  expect(ImageTaskReaper.isImageTaskReaper(new ImageTaskReaper(emptyStack(), "reaper"))).toBe(true);
  expect(ImageTaskReaper.isImageTaskReaper(emptyStack())).toBe(false);
});
