import { UNKNOWN, type ValueObject } from "../../lib/contract/values";
import { Context } from "../../lib/handler/context";
import type { Connection } from "../../lib/handler/ecs/connection";
import { createProvider } from "../../lib/handler/provider";
import type { EcsGateway } from "../../lib/handler/task/gateway";
import { ecsError } from "../support/handler/builders";
import { drain, FakeClock } from "../support/handler/clock";
import { fakeGateway } from "../support/handler/gateway";

describe("the provider", () => {
  function providing(env: { [name: string]: string } = {}, credentials: () => Promise<void> = async () => undefined) {
    const context = new Context(
      new FakeClock(),
      () => 0.5,
      () => undefined,
    );
    const connections: Connection[] = [];
    const connect = (connection: Connection): EcsGateway & { checkCredentials(): Promise<void> } => (
      connections.push(connection),
      { ...fakeGateway({}), checkCredentials: credentials }
    );
    return {
      context,
      connections,
      provider: createProvider({ context, env: { HOME: "/nowhere", ...env }, connect, readFile: () => "", writeTokenFile: () => "/token" }),
    };
  }
  const KEYS: ValueObject = { access_key: "id", secret_key: "secret", region: "cn-hangzhou" };

  test("offers imports, exports, copies, completions and the data source imagetask_tasks", () => {
    const { provider } = providing();
    expect(Object.keys(provider.resources).sort()).toEqual([
      "imagetask_completion",
      "imagetask_copy",
      "imagetask_export",
      "imagetask_import",
    ]);
    expect(Object.keys(provider.dataSources)).toEqual(["imagetask_tasks"]);
  });

  test("connects with the configured key and region, and does not look for credentials if the block has a key", async () => {
    const { context, connections, provider } = providing({}, async () => Promise.reject(ecsError("credentials")));
    expect(await provider.configure(KEYS)).toEqual([]);
    expect(connections[0]!.credentials).toMatchObject({ type: "static", accessKeyId: "id" });
    expect(context.defaultRegion).toBe("cn-hangzhou");
  });

  test("half a key pair is an error on the missing argument", async () => {
    expect(await providing().provider.configure({ access_key: "id" })).toMatchObject([{ severity: "error", path: ["secret_key"] }]);
  });

  test("credentials that are unknown at plan are no error", async () => {
    expect(
      await providing({}, async () => Promise.reject(ecsError("credentials"))).provider.configure({
        access_key: UNKNOWN,
        secret_key: UNKNOWN,
      }),
    ).toEqual([]);
  });

  test("stop ends the run, and drain waits for the work that the run tracks", async () => {
    const { context, provider } = providing();
    await provider.configure(KEYS);
    let done = (): void => undefined;
    const work = context.run.track(new Promise<void>((resolve) => (done = resolve)));
    provider.stop();
    expect(context.run.stopped).toBe(true);
    const drained = provider.drain("shutdown").then(() => "drained");
    expect(await Promise.race([drained, drain().then(() => "waiting")])).toBe("waiting");
    done();
    await work;
    expect(await drained).toBe("drained");
  });

  test("Terraform's death stops the run, and a shutdown does not", async () => {
    const { context, provider } = providing();
    await provider.drain("shutdown");
    expect(context.run.stopped).toBe(false);
    await provider.drain("orphaned");
    expect(context.run.stopped).toBe(true);
  });
});
