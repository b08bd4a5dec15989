import { App, TerraformStack } from "cdktf";
import { ImageExport, ImageImport, ImageTaskPolicy, imageTaskPolicy } from "../../lib";
import type { PolicyDocument } from "../../lib/emulator";
import { Account, HANGZHOU } from "../cli/support/account";
import { temporaryFolder } from "../private/fake-package";

jest.mock("../../lib/private/provider-package", () => ({
  readProviderPackage: () => jest.requireActual("../private/fake-package").fakePackage(),
}));

const documentOf = ({ json }: ImageTaskPolicy) => JSON.parse(json) as { readonly Statement: { Action: string[] }[] };
const actionsOf = (policy: ImageTaskPolicy): string[] => [...new Set(documentOf(policy).Statement.flatMap(({ Action }) => Action))];
const OVERDUE = { expires: new Date(0).toISOString() };

interface Runs {
  readonly text: string;
  readonly codes: readonly number[];
  readonly refused: readonly string[];
}

/** Runs commands with only the rights of a policy, in an account with several overdue operations. */
async function runWith(commands: readonly (readonly string[])[], policy: ImageTaskPolicy, without?: string): Promise<Runs> {
  const account = await Account.open({ behaviour: { task: { waiting: 0 }, afterCancel: { image: "CreateFailed", delay: 0 } } });
  try {
    const document = documentOf(policy);
    for (const statement of document.Statement) statement.Action = statement.Action.filter((action) => action !== without);
    account.ecs.setAccessKey({
      accessKeyId: "part",
      accessKeySecret: "part",
      userName: "part",
      policies: [document as unknown as PolicyDocument],
    });
    await account.startImport("a/import", { name: "web", ...OVERDUE });
    await account.startImport(null);
    await account.startCopy("a/copy", OVERDUE);
    await account.startExport("a/export", OVERDUE);
    account.ecs.clearCalls();
    const runs = [];
    for (const command of commands)
      runs.push(await account.cli(command, { env: { ...account.env, ALICLOUD_ACCESS_KEY: "part", ALICLOUD_SECRET_KEY: "part" } }));
    return {
      text: runs.map(({ out, err }) => `${out}\n${err}`).join("\n"),
      codes: runs.map(({ code }) => code),
      refused: account.ecs.calls.filter(({ outcome }) => outcome.code === "Forbidden.RAM").map(({ action }) => `ecs:${action}`),
    };
  } finally {
    await account.close();
  }
}

describe.each([
  [
    "reader",
    ImageTaskPolicy.forReader(),
    [
      ["list", "--all-regions"],
      ["list", "--output", "json", "--region", HANGZHOU],
    ],
    // Without this right the list lacks only the progress of exports.
    { "ecs:DescribeTaskAttribute": '"progress": null' },
  ],
  [
    "reaper",
    ImageTaskPolicy.forReaper(),
    [["reap", "--all-regions", "--apply"]],
    // The tag is only needed after a crash between the deletion of an image and that of its snapshots.
    { "ecs:TagResources": "cancelled" },
  ],
] as const)("the policy of a %s", (_, policy, commands, precautions) => {
  test("is sufficient for its commands", async () => {
    expect(await runWith(commands, policy)).toMatchObject({ codes: commands.map(() => 0), refused: [] });
  });

  test("contains no needless right: without one, a call is refused and the output names it", async () => {
    const outcomes = await Promise.all(
      actionsOf(policy).map(async (action) => {
        const { text, refused } = await runWith(commands, policy, action);
        const expected = (precautions as { readonly [action: string]: string })[action] ?? action;
        return { action, refused: [...new Set(refused)], named: text.includes(expected) };
      }),
    );
    expect(outcomes).toEqual(actionsOf(policy).map((action) => ({ action, refused: [action], named: true })));
  });
});

test("the policy of a deployer has the rights for its stacks and for imagetask reap, in the regions of its stacks", () => {
  const app = new App({ outdir: temporaryFolder() });
  new ImageExport(new TerraformStack(app, "a"), "x", { imageId: "m-1", ossBucket: "disks", region: "cn-hangzhou" });
  new ImageImport(new TerraformStack(app, "b"), "y", { diskDeviceMapping: [{ ossBucket: "disks", ossObject: "o" }], region: "cn-beijing" });
  const deployer = ImageTaskPolicy.forDeployer(app, { accountId: "123" });
  expect(new Set(actionsOf(deployer))).toEqual(
    new Set([...imageTaskPolicy(app).Statement, ...imageTaskPolicy(["reap"]).Statement].flatMap(({ Action }) => Action)),
  );
  expect(deployer.json).toContain('"acs:ecs:cn-beijing:123:image/*","acs:ecs:cn-hangzhou:123:image/*"');
});
