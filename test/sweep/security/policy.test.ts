import { EXPORT_TYPE } from "../../../lib/contract/resources";
import { SdkGateway } from "../../../lib/handler/ecs/sdk-gateway";
import { imageTaskPolicy, type ImageTaskOperation } from "../../../lib/image-task-policy";
import { ACCESS_KEY, REGION, SECRET_KEY } from "../../support/e2e/bench";
import { FAULT_SCENARIOS, type FaultScenario } from "../faults/scenarios";
import { Sandbox } from "../faults/sandbox";

/** The scenarios that together make every call that an operation can make. */
const SCENARIOS: { readonly [operation in "import" | "export" | "copy"]: RegExp } = {
  import: /import|^destroy: done|^update in place: import/,
  export: /export/,
  copy: /copy/,
};

const policyOf = (operation: ImageTaskOperation) => imageTaskPolicy([operation]);
const actionsOf = (operation: ImageTaskOperation): string[] =>
  [...new Set(policyOf(operation).Statement.flatMap(({ Action }) => Action))].sort();

/** Runs these scenarios with only the policy's rights, and returns the calls. */
async function play(operation: "import" | "export" | "copy") {
  const calls = [];
  for (const scenario of FAULT_SCENARIOS.filter(({ name }) => SCENARIOS[operation].test(name))) {
    const sandbox = new Sandbox(scenario, { policies: [policyOf(operation)] });
    await sandbox.ecs.start();
    try {
      await sandbox.prepare();
      // A cancel that is refused first makes more calls than one that succeeds at once.
      sandbox.ecs.faults.add({ action: "CancelTask", times: 1, error: { status: 403, code: "CancelTaskFailed" } });
      await sandbox.struck();
      if (operation === "export") {
        const imported = sandbox.run(async (provider) => [
          ...((await provider.resources[EXPORT_TYPE]!.importState!(`${REGION}/${sandbox.sourceId}`)).diagnostics ?? []),
        ]);
        expect((await imported).errors).toEqual([]);
      }
      expect({ scenario: scenario.name, findings: await sandbox.comesToRest() }).toEqual({ scenario: scenario.name, findings: [] });
      calls.push(...sandbox.ecs.calls);
    } finally {
      await sandbox.ecs.stop();
    }
  }
  return calls;
}

describe.each(["import", "export", "copy"] as const)("the policy of an %s", (operation) => {
  test("allows every call that the operation makes, and no other action", async () => {
    const calls = await play(operation);
    expect(calls.filter(({ outcome }) => outcome.code === "Forbidden.RAM")).toEqual([]);
    expect([...new Set(calls.map(({ action }) => `ecs:${action}`))].sort()).toEqual(actionsOf(operation));
  });

  test("refuses every call of another operation", async () => {
    const scenario = FAULT_SCENARIOS.find(({ name }) => name === "apply: import") as FaultScenario;
    const { ecs, sourceId } = new Sandbox(scenario, { policies: [policyOf(operation)] });
    await ecs.start();
    try {
      const gateway = new SdkGateway(
        {
          protocol: "HTTP",
          ecsEndpoint: ecs.endpoint,
          credentials: { type: "static", accessKeyId: ACCESS_KEY, accessKeySecret: SECRET_KEY },
        },
        () => import("../../../lib/handler/ecs/sdk"),
        () => {},
      );
      const attempts: { readonly [action: string]: () => Promise<unknown> } = {
        "ecs:ImportImage": () =>
          gateway.importImage(REGION, { parameters: { DiskDeviceMapping: [{ OSSBucket: "b", OSSObject: "o" }] }, tags: {} }, "t"),
        "ecs:ExportImage": () => gateway.exportImage(REGION, { imageId: sourceId, parameters: { ImageId: sourceId, OSSBucket: "b" } }),
        "ecs:CopyImage": () =>
          gateway.copyImage(REGION, { parameters: { ImageId: sourceId, DestinationRegionId: "cn-beijing" }, tags: {} }, "t"),
        "ecs:CancelTask": () => gateway.cancelTask(REGION, "t-1"),
        "ecs:CancelCopyImage": () => gateway.cancelCopyImage(REGION, sourceId),
        "ecs:DeleteImage": () => gateway.deleteImage(REGION, sourceId),
        "ecs:DescribeTasks": () => gateway.describeTasks(REGION, {}),
        "ecs:DescribeTaskAttribute": () => gateway.describeTaskAttribute(REGION, "t-1"),
        "ecs:ModifyImageAttribute": () => gateway.modifyImage(REGION, sourceId, { description: "xy" }),
        "ecs:DescribeSnapshots": () => gateway.describeSnapshots(REGION, { ids: ["s-1"] }),
        "ecs:DeleteSnapshot": () => gateway.deleteSnapshot(REGION, "s-1"),
        "ecs:TagResources": () => gateway.tagImage(REGION, sourceId, { a: "1" }),
        "ecs:UntagResources": () => gateway.untagImage(REGION, sourceId, ["a"]),
      };
      const others = Object.keys(attempts).filter((action) => !actionsOf(operation).includes(action));
      expect(others.length).toBeGreaterThan(0);
      for (const action of others) await expect(attempts[action]!()).rejects.toMatchObject({ kind: "forbidden" });
    } finally {
      await ecs.stop();
    }
  });
});
