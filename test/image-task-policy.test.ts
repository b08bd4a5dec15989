import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { DataImagetaskTasks, ImageCopy, ImageExport, ImageImport, imageTaskPolicy, ImageTaskPolicy, type ImageTaskOperation } from "../lib";
import { temporaryFolder } from "./private/fake-package";
import { emptyStack, synth } from "./synth";

jest.mock("../lib/private/provider-package", () => ({
  readProviderPackage: () => jest.requireActual("./private/fake-package").fakePackage(),
}));

const DISKS = [{ ossBucket: "my-bucket", ossObject: "disk.raw" }];

test("the policy of an import allows to start, watch, cancel and delete it, and nothing else", () => {
  expect(imageTaskPolicy(["import"])).toEqual({
    Version: "1",
    Statement: [
      { Effect: "Allow", Action: ["ecs:CancelTask", "ecs:DescribeTaskAttribute", "ecs:DescribeTasks"], Resource: ["*"] },
      {
        Effect: "Allow",
        Action: [
          "ecs:DeleteImage",
          "ecs:DescribeImages",
          "ecs:ImportImage",
          "ecs:ModifyImageAttribute",
          "ecs:TagResources",
          "ecs:UntagResources",
        ],
        Resource: ["acs:ecs:*:*:image/*"],
      },
      {
        Effect: "Allow",
        Action: ["ecs:DeleteSnapshot", "ecs:DescribeSnapshots", "ecs:TagResources"],
        Resource: ["acs:ecs:*:*:snapshot/*"],
      },
    ],
  });
});

test.each<[ImageTaskOperation, string[], string[]]>([
  ["export", ["ecs:ExportImage", "ecs:CancelTask", "ecs:DescribeTasks"], ["ecs:DeleteImage", "ecs:ImportImage"]],
  ["copy", ["ecs:CopyImage", "ecs:CancelCopyImage", "ecs:DeleteImage"], ["ecs:CancelTask", "ecs:ExportImage"]],
  ["tasks", ["ecs:DescribeImages", "ecs:DescribeTaskAttribute", "ecs:DescribeTasks"], ["ecs:CancelTask", "ecs:DeleteImage"]],
])("the policy of the operation %s allows its calls, and not those of other operations", (operation, allowed, others) => {
  const actions = imageTaskPolicy([operation]).Statement.flatMap((statement) => statement.Action);
  expect(actions).toEqual(expect.arrayContaining(allowed));
  for (const action of others) expect(actions).not.toContain(action);
});

test("CancelTask is granted for all resources, as RAM does not support it for less", () => {
  const statements = imageTaskPolicy(["import", "export", "copy", "tasks"], { accountId: "123", regions: ["cn-hangzhou"] }).Statement;
  expect(statements.find((statement) => statement.Action.includes("ecs:CancelTask"))?.Resource).toEqual(["*"]);
  expect(statements.find((statement) => statement.Action.includes("ecs:ImportImage"))?.Resource).toEqual([
    "acs:ecs:cn-hangzhou:123:image/*",
  ]);
});

describe("a tenant's policy", () => {
  const tenant = { tagKey: "team", tagValue: "web" };

  test("limits starts by the tag in the request, changes by the tag of the image, and allows no changes of tasks and snapshots", () => {
    const image = ["acs:ecs:*:*:image/*"];
    expect(imageTaskPolicy(["import", "copy"], { tenant }).Statement).toEqual([
      { Effect: "Allow", Action: ["ecs:DescribeTaskAttribute", "ecs:DescribeTasks"], Resource: ["*"] },
      { Effect: "Allow", Action: ["ecs:DescribeImages"], Resource: image },
      {
        Effect: "Allow",
        Action: ["ecs:CopyImage", "ecs:ImportImage"],
        Resource: image,
        Condition: { StringEquals: { "acs:RequestTag/team": "web" } },
      },
      {
        Effect: "Allow",
        Action: ["ecs:CancelCopyImage", "ecs:DeleteImage", "ecs:ModifyImageAttribute", "ecs:TagResources", "ecs:UntagResources"],
        Resource: image,
        Condition: { StringEquals: { "acs:ResourceTag/team": "web" } },
      },
      { Effect: "Allow", Action: ["ecs:DescribeSnapshots"], Resource: ["acs:ecs:*:*:snapshot/*"] },
    ]);
  });

  test("includes the actions that RAM cannot limit if cancelTasks and deleteSnapshots are set", () => {
    const actions = imageTaskPolicy(["import"], { tenant: { ...tenant, cancelTasks: true, deleteSnapshots: true } }).Statement.flatMap(
      ({ Action }) => Action,
    );
    expect(new Set(actions)).toEqual(new Set(imageTaskPolicy(["import"]).Statement.flatMap(({ Action }) => Action)));
  });

  test.each([
    { tagKey: "", tagValue: "web" },
    { tagKey: "team", tagValue: "" },
    { tagKey: "  ", tagValue: "web" },
    { tagKey: "team", tagValue: "\t" },
    // From an environment variable that is not set.
    { tagKey: "team", tagValue: undefined as never },
  ])("is refused without a key and a value: %j", (nothing) => {
    expect(() => imageTaskPolicy(["import"], { tenant: nothing })).toThrow("Give the key and the value of the tag");
  });

  test("can have a tag that only Terraform knows", () => {
    const team = new TerraformVariable(emptyStack(), "team", { type: "string" });
    expect(ImageTaskPolicy.forReaper({ tenant: { tagKey: "team", tagValue: team.stringValue } }).json).toMatch(/^\$\{/);
  });
});

test("a policy for no operation has no statements", () => {
  expect(imageTaskPolicy([])).toEqual({ Version: "1", Statement: [] });
});

test("the policy of a stack covers its operations and regions", () => {
  const stack = emptyStack();
  const web = new ImageImport(stack, "web", { diskDeviceMapping: DISKS, region: "cn-hangzhou" });
  new ImageCopy(stack, "south", { imageId: web.imageId, sourceRegion: "cn-hangzhou", region: "cn-shanghai" });
  new DataImagetaskTasks(stack, "tasks", { region: "cn-hangzhou" });
  const [account, image] = imageTaskPolicy(stack).Statement;
  expect(account.Action).toEqual(["ecs:CancelTask", "ecs:DescribeTaskAttribute", "ecs:DescribeTasks"]);
  expect(image.Action).toContain("ecs:CancelCopyImage");
  expect(image.Action).not.toContain("ecs:ExportImage");
  expect(image.Resource).toEqual(["acs:ecs:cn-hangzhou:*:image/*", "acs:ecs:cn-shanghai:*:image/*"]);
});

test("the policy covers every region if the provider or Terraform decides one, unless regions are given", () => {
  const stack = emptyStack();
  new ImageImport(stack, "a", { diskDeviceMapping: DISKS, region: "cn-hangzhou" });
  new ImageExport(stack, "b", {
    imageId: "m-1",
    ossBucket: "my-bucket",
    region: new TerraformVariable(stack, "v", { type: "string" }).stringValue,
  });
  expect(imageTaskPolicy(stack).Statement[1].Resource).toEqual(["acs:ecs:*:*:image/*"]);
  expect(imageTaskPolicy(stack, { regions: ["cn-hangzhou"] }).Statement[1].Resource).toEqual(["acs:ecs:cn-hangzhou:*:image/*"]);
});

test("the policy of an app covers all of its stacks", () => {
  const app = new App({ outdir: temporaryFolder() });
  new ImageExport(new TerraformStack(app, "a"), "x", { imageId: "m-1", ossBucket: "my-bucket", region: "cn-hangzhou" });
  new ImageImport(new TerraformStack(app, "b"), "y", { diskDeviceMapping: DISKS, region: "cn-beijing" });
  expect(imageTaskPolicy(app).Statement[1]).toMatchObject({
    Action: expect.arrayContaining(["ecs:ExportImage", "ecs:ImportImage"]),
    Resource: ["acs:ecs:cn-beijing:*:image/*", "acs:ecs:cn-hangzhou:*:image/*"],
  });
});

test("the class ImageTaskPolicy gives the policy of the function as JSON, for languages without functions", () => {
  const stack = emptyStack();
  new ImageImport(stack, "web", { diskDeviceMapping: DISKS, region: "cn-hangzhou" });
  expect(JSON.parse(ImageTaskPolicy.ofScope(stack).json)).toEqual(imageTaskPolicy(stack));
  expect(JSON.parse(ImageTaskPolicy.ofOperations(["copy"], { accountId: "123" }).json)).toEqual(
    imageTaskPolicy(["copy"], { accountId: "123" }),
  );
});

test("the JSON of a policy with an account that only Terraform knows is a jsonencode expression", () => {
  const stack = emptyStack();
  const account = new TerraformVariable(stack, "account", { type: "string" });
  new TerraformOutput(stack, "policy", { value: ImageTaskPolicy.ofOperations(["export"], { accountId: account.stringValue }).json });
  expect(synth(stack).output!["policy"]!.value).toMatch(/^\$\{jsonencode\(\{.*acs:ecs:\*:\$\{var\.account\}:image/);
});

describe("a policy that RAM would refuse or that would grant too little is refused", () => {
  test("for a scope without image tasks, such as an app whose stacks are created later", () => {
    const app = new App({ outdir: temporaryFolder() });
    for (const make of [() => imageTaskPolicy(app), () => ImageTaskPolicy.forDeployer(app), () => ImageTaskPolicy.ofScope(emptyStack())])
      expect(make).toThrow(
        "contains no import, export or copy and no data source of tasks. Create the policy after the constructs that it is for",
      );
  });

  test("for an unknown operation, as a language without literal types can pass it", () => {
    expect(() => ImageTaskPolicy.ofOperations(["Import" as ImageTaskOperation, "copy"])).toThrow(
      '"Import" is not an operation. Did you mean "import"?',
    );
  });

  test.each([[[]], [[""]], [["cn-hangzhou", ""]]])("for the regions %j", (regions) => {
    expect(() => ImageTaskPolicy.forReader({ regions })).toThrow("Name at least one region, or omit `regions`.");
  });
});
