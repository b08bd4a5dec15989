import { SdkGateway } from "../../lib/handler/ecs/sdk-gateway";
import { EcsError } from "../../lib/handler/errors";
import type { EcsEmulatorOptions } from "../../lib/emulator";
import { ACCESS_KEY, REGION, SECRET_KEY } from "../support/e2e/bench";
import { neverTwice } from "./crash/invariants";
import { MiniTerraform } from "./faults/mini-terraform";
import { FAULT_SCENARIOS, type FaultScenario } from "./faults/scenarios";
import { Sandbox } from "./faults/sandbox";

const MINUTE = 60_000;

const scenario = (name: string): FaultScenario => FAULT_SCENARIOS.find((other) => other.name === name)!;

async function inSandbox(
  of: FaultScenario,
  play: (sandbox: Sandbox, ecsConsole: SdkGateway) => Promise<void>,
  options?: EcsEmulatorOptions,
): Promise<void> {
  const sandbox = new Sandbox(of, options);
  await sandbox.ecs.start();
  const ecsConsole = new SdkGateway(
    {
      protocol: "HTTP",
      ecsEndpoint: sandbox.ecs.endpoint,
      credentials: { type: "static", accessKeyId: ACCESS_KEY, accessKeySecret: SECRET_KEY },
    },
    () => import("../../lib/handler/ecs/sdk"),
    () => {},
  );
  try {
    await sandbox.prepare();
    await play(sandbox, ecsConsole);
    expect(await sandbox.comesToRest()).toEqual([]);
  } finally {
    await sandbox.ecs.stop();
  }
}

describe("if something changes just before the provider's call", () => {
  test.each(["destroy: import that runs", "destroy: export that runs", "destroy: copy that runs"])(
    "a destroy whose task finishes between poll and cancel removes the finished image (%s)",
    (name) =>
      inSandbox(
        scenario(name),
        async (sandbox) => {
          let finished = false;
          const { errors } = await sandbox.struck({
            before: (action) => {
              if (!action.startsWith("Cancel") || finished) return;
              finished = true;
              sandbox.clock.jump(11 * MINUTE);
            },
          });
          expect(errors).toEqual([]);
          expect(finished).toBe(true);
          expect(sandbox.ecs.tasks.map(({ outcome }) => outcome)).toEqual(["finished"]);
          expect(
            sandbox.ecs.images.filter(({ id, deleteAcceptedAt }) => id !== sandbox.sourceId && deleteAcceptedAt === undefined),
          ).toEqual([]);
        },
        { taskDuration: 10 * MINUTE },
      ),
  );

  test("an import that finishes between the timeout and its cancel is success", () =>
    inSandbox(
      scenario("timeout: import"),
      async (sandbox) => {
        const { errors } = await sandbox.struck({
          before: (action) => void (action === "CancelTask" && sandbox.clock.jump(MINUTE)),
        });
        expect(errors).toEqual([]);
        expect(sandbox.ecs.images.filter(({ name }) => name === "web").map(({ status }) => status)).toEqual(["Available"]);
      },
      { taskDuration: 5.5 * MINUTE },
    ));

  test.each(["IncorrectTaskStatus", "ok", "CancelTaskFailed"] as const)(
    "a destroy succeeds although somebody cancels first and the second cancel returns %s",
    (second) =>
      inSandbox(
        scenario("destroy: import that runs"),
        async (sandbox, ecsConsole) => {
          let done = false;
          const { errors } = await sandbox.struck({
            before: async (action) => {
              if (action !== "CancelTask" || done) return;
              done = true;
              await ecsConsole.cancelTask(REGION, sandbox.ecs.running[0]!.id);
            },
          });
          expect(errors).toEqual([]);
          expect(sandbox.ecs.running).toEqual([]);
          expect(sandbox.ecs.stats).toMatchObject({ started: 1, cancelled: 1 });
        },
        { behaviour: { cancel: { second }, afterCancel: { delay: 5_000 } } },
      ),
  );

  test("an apply whose task somebody cancels fails with the status, and the next one starts again", () =>
    inSandbox(scenario("apply: import"), async (sandbox, ecsConsole) => {
      void sandbox.clock.sleep(20_000).then(() => sandbox.clock.during(() => ecsConsole.cancelTask(REGION, sandbox.ecs.running[0]!.id)));
      const { errors } = await sandbox.struck();
      expect(errors.map(({ summary }) => summary)).toEqual(["The import failed"]);
      expect(errors[0]!.detail).toContain("ended in status Deleted");
    }));

  test("an apply after somebody deleted the image imports it again", () =>
    inSandbox(scenario("apply: import"), async (sandbox, ecsConsole) => {
      await sandbox.struck();
      const { id } = sandbox.ecs.images.find(({ name }) => name === "web")!;
      await ecsConsole.deleteImage(REGION, id);
      sandbox.clock.jump(MINUTE);
    }));

  test.each([
    ["403 ImageUsingByInstance", "ImageUsingByInstance"],
    ["403 ImageUseShared", "ImageUseShared"],
  ])("a destroy of an image in use fails with ECS's code (%s) and keeps it in the state, and succeeds once the image is free", (_, code) =>
    inSandbox(scenario("destroy: done"), async (sandbox) => {
      sandbox.ecs.faults.add({ action: "DeleteImage", error: { status: 403, code } });
      const { errors, took } = await sandbox.struck();
      expect(errors).toHaveLength(1);
      expect(errors[0]!.detail).toContain(code);
      expect(took).toBeLessThanOrEqual(21 * MINUTE);
      expect(sandbox.untruths()).toEqual([]);
      sandbox.ecs.faults.clear();
      const { errors: later } = await sandbox.run((provider) => sandbox.terraform.destroy(provider));
      expect(later).toEqual([]);
      expect(sandbox.ecs.images.map(({ id }) => id)).toEqual([sandbox.sourceId]);
    }),
  );
});

describe("two runs at the same time", () => {
  test.each(["apply: import", "apply: export", "apply: copy"])(
    "as two applies of one stack without a state lock share one task (%s)",
    (name) =>
      inSandbox(scenario(name), async (sandbox) => {
        const { config } = scenario(name);
        const other = new MiniTerraform();
        const ran = await sandbox.together([
          (provider) => sandbox.apply(provider),
          (provider) => other.apply(provider, config(sandbox.sourceId)),
        ]);
        expect(ran.flatMap(({ errors }) => errors)).toEqual([]);
        expect(sandbox.ecs.stats.started).toBe(1);
        expect(other.text).toContain(sandbox.ecs.tasks[0]!.imageId);
        expect(neverTwice(sandbox.ecs)).toEqual([]);
      }),
  );

  test.each(["apply: import", "apply: export", "apply: copy"])(
    "as a destroy beside an apply end the task, and the apply fails (%s)",
    (name) =>
      inSandbox(scenario(name), async (sandbox) => {
        const [applied, destroyed] = await sandbox.together([
          (provider) => sandbox.apply(provider),
          async (provider) => {
            await sandbox.clock.sleep(20_000);
            return new MiniTerraform(sandbox.terraform).destroy(provider);
          },
        ]);
        expect(destroyed!.errors).toEqual([]);
        expect(applied!.errors).toHaveLength(1);
        expect(applied!.errors[0]!.summary).toMatch(/^The (import|export|copy) failed$/);
        expect(sandbox.ecs.running).toEqual([]);
        expect(sandbox.ecs.stats).toMatchObject({ started: 1, cancelled: 1 });
      }),
  );

  test("as two destroys of one stack both succeed", () =>
    inSandbox(scenario("destroy: import that runs"), async (sandbox) => {
      const other = new MiniTerraform(sandbox.terraform);
      const ran = await sandbox.together([(provider) => sandbox.terraform.destroy(provider), (provider) => other.destroy(provider)]);
      expect(ran.flatMap(({ errors }) => errors)).toEqual([]);
      expect(sandbox.ecs.images.map(({ id }) => id)).toEqual([sandbox.sourceId]);
    }));
});

describe("an outage during a wait", () => {
  const during = (sandbox: Sandbox, from: number, to: number): boolean => {
    const age = sandbox.clock.now() - (sandbox.ecs.tasks[0]?.createdAt ?? Infinity);
    return age >= from && age < to;
  };

  test.each([
    [
      "in which the network is down",
      () => new EcsError({ kind: "unreachable", action: "any", code: "EHOSTUNREACH", message: "no route to host" }),
    ],
    [
      "in which answers are lost",
      () => new EcsError({ kind: "unavailable", action: "any", code: "ECONNRESET", message: "socket hang up" }),
    ],
    [
      "in which the temporary credentials have expired",
      () =>
        new EcsError({
          kind: "expired",
          action: "any",
          code: "InvalidSecurityToken.Expired",
          message: "Specified SecurityToken is expired.",
        }),
    ],
    [
      "in which the machine's clock is wrong",
      () =>
        new EcsError({
          kind: "expired",
          action: "any",
          code: "InvalidTimeStamp.Expired",
          message: "Specified time stamp or date value is expired.",
        }),
    ],
  ])("%s for ten minutes does not end the wait, which then succeeds", (_, trouble) =>
    inSandbox(scenario("apply: import"), async (sandbox) => {
      sandbox.ecs.durations.ImportImage = 30 * MINUTE;
      let failures = 0;
      const { errors, took } = await sandbox.struck({
        before: () => {
          if (!during(sandbox, 2 * MINUTE, 12 * MINUTE)) return;
          failures++;
          throw trouble();
        },
      });
      expect(errors).toEqual([]);
      expect(failures).toBeGreaterThan(10);
      expect(took).toBeLessThan(31 * MINUTE);
    }),
  );

  test("of the network for half a minute does not end a destroy, which then succeeds", () =>
    inSandbox(scenario("destroy: import that runs"), async (sandbox) => {
      const began = sandbox.clock.now();
      const { errors } = await sandbox.struck({
        before: () => {
          const age = sandbox.clock.now() - began;
          if (age > 100 && age < 30_000)
            throw new EcsError({ kind: "unreachable", action: "any", code: "ENETUNREACH", message: "network is unreachable" });
        },
      });
      expect(errors).toEqual([]);
      expect(sandbox.ecs.running).toEqual([]);
    }));
});
