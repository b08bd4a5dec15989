import { UNKNOWN, type ValueObject } from "../../lib/contract/values";
import { Context } from "../../lib/handler/context";
import type { Connection } from "../../lib/handler/ecs/connection";
import { createProvider } from "../../lib/handler/provider";
import type { EcsGateway } from "../../lib/handler/task/gateway";
import { ecsError } from "../support/handler/builders";
import { FakeClock } from "../support/handler/clock";
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

  test("has the resources and the data source that the schema names", () => {
    const { provider } = providing();
    expect(Object.keys(provider.resources).sort()).toEqual([
      "imagetask_completion",
      "imagetask_copy",
      "imagetask_export",
      "imagetask_import",
    ]);
    expect(Object.keys(provider.dataSources)).toEqual(["imagetask_tasks"]);
  });

  test("connects as configured, without asking for credentials that are given", async () => {
    const { context, connections, provider } = providing({}, async () => Promise.reject(ecsError("credentials")));
    expect(await provider.configure(KEYS)).toEqual([]);
    expect(connections[0]!.credentials).toMatchObject({ type: "static", accessKeyId: "id" });
    expect(context.defaultRegion).toBe("cn-hangzhou");
  });

  test("half a key pair is an error on the missing argument", async () => {
    expect(await providing().provider.configure({ access_key: "id" })).toMatchObject([{ severity: "error", path: ["secret_key"] }]);
  });

  test("credentials that may be known at apply are not missed at plan", async () => {
    expect(
      await providing({}, async () => Promise.reject(ecsError("credentials"))).provider.configure({
        access_key: UNKNOWN,
        secret_key: UNKNOWN,
      }),
    ).toEqual([]);
  });

  test("stop ends the run, and drain waits for what that leads to", async () => {
    const { context, provider } = providing();
    await provider.configure(KEYS);
    provider.stop();
    expect(context.run.stopped).toBe(true);
    await expect(provider.drain("shutdown")).resolves.toBeUndefined();
  });

  test("Terraform's death stops the run, a shutdown does not", async () => {
    const { context, provider } = providing();
    await provider.drain("shutdown");
    expect(context.run.stopped).toBe(false);
    await provider.drain("orphaned");
    expect(context.run.stopped).toBe(true);
  });
});
