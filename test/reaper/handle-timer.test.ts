import { readFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { handleTimer, type FunctionContext, type ReaperDeps } from "../../lib/reaper/handle-timer";
import { aContext, aTimerEvent } from "./function-compute";

type Reap = ReaperDeps["reap"];

function call(event: Buffer, reap: Reap = async () => 0, context: FunctionContext = aContext(), env: ReaperDeps["env"] = {}) {
  const log: string[] = [];
  const seen: { flags: readonly string[]; env: ReaperDeps["env"]; known?: string }[] = [];
  const outcome = handleTimer(event, context, {
    env,
    print: (line) => log.push(line),
    reap: (flags, given) => {
      const file = flags[flags.indexOf("--known-stacks") + 1]!;
      seen.push({ flags, env: given, known: flags.includes("--known-stacks") ? readFileSync(file, "utf8") : undefined });
      return reap(flags, given);
    },
  });
  return { outcome, log, seen };
}

test("with an empty payload the reaper lists the operations of all regions and cancels none", async () => {
  const { outcome, seen } = call(aTimerEvent({}), async () => 3);
  expect(JSON.parse(await outcome)).toEqual({
    requestId: aContext().requestId,
    apply: false,
    outcome: "operations found, none cancelled",
  });
  expect(seen[0]!.flags).toEqual(["--all-regions"]);
});

test("the properties of the payload become the flags of imagetask reap", async () => {
  const { outcome, seen } = call(
    aTimerEvent({ apply: true, olderThan: "6h", knownStacks: ["a", "b"], regions: ["cn-hangzhou", "cn-beijing"] }),
  );
  await outcome;
  expect(seen[0]).toMatchObject({ known: '["a","b"]' });
  const flags = seen[0]!.flags.map((flag) => (flag.startsWith("/") ? "FILE" : flag));
  expect(flags.join(" ")).toBe("--region cn-hangzhou --region cn-beijing --older-than 6h --known-stacks FILE --apply --audit FILE");
});

test("the credentials of the function's role replace all others in the environment", async () => {
  const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: "old", ALIBABA_CLOUD_ROLE_ARN: "another", ALICLOUD_PROFILE: "mine", PATH: "/bin" };
  const { outcome, seen } = call(aTimerEvent({}), undefined, aContext(), env);
  await outcome;
  const { accessKeyId, accessKeySecret, securityToken } = aContext().credentials!;
  expect(seen[0]!.env).toEqual({
    PATH: "/bin",
    ALICLOUD_REGION: "cn-shanghai",
    ALICLOUD_ACCESS_KEY: accessKeyId,
    ALICLOUD_SECRET_KEY: accessKeySecret,
    ALICLOUD_SECURITY_TOKEN: securityToken,
  });
});

test.each([1, 2, 4])(
  "exit code %i fails the call, so that Function Compute counts it as an error, and the audit records are in the log",
  async (code) => {
    const { outcome, log } = call(aTimerEvent({ apply: true }), async (flags) => {
      await appendFile(flags.at(-1)!, '{"deed":1}\n{"deed":2}\n');
      return code;
    });
    await expect(outcome).rejects.toThrow(`imagetask reap exited with code ${code}`);
    expect(log).toEqual(['{"deed":1}', '{"deed":2}']);
  },
);

test("a function without a role fails with a message that says so", async () => {
  const { outcome, seen } = call(aTimerEvent({}), undefined, { ...aContext(), credentials: undefined });
  await expect(outcome).rejects.toThrow("The function has no role");
  expect(seen).toEqual([]);
});

test.each<[string, string]>([
  ["nonsense", "The event is not JSON: nonsense"],
  ["{}", "The event's payload is missing"],
  ['{"payload":"awesome-fc"}', "The payload is not JSON: awesome-fc"],
  ['{"payload":"{\\"aply\\":true}"}', 'Unknown property "aply" in the payload. Allowed: apply, olderThan'],
  ['{"payload":"{\\"apply\\":\\"yes\\"}"}', 'apply in the payload is "yes". It must be true or false.'],
])("the event %s is refused, and nothing is called", async (event, words) => {
  const { outcome, seen } = call(Buffer.from(event));
  await expect(outcome).rejects.toThrow(words);
  expect(seen).toEqual([]);
});
