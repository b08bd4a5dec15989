import { takeLaunchEnvironment } from "../../../lib/plugin/process/launch-environment";

describe("the launch environment", () => {
  test("is read from variables that begin with the provider's name, which are then removed", () => {
    const env = {
      SAMPLE_HANDSHAKE: "3",
      SAMPLE_TERRAFORM: "42",
      SAMPLE_COMPILE_CACHE: "/cache",
      DEBUG: "*",
      NODE_DEBUG: "http",
      OTHER_HANDSHAKE: "9",
    };
    expect(takeLaunchEnvironment("sample", env)).toEqual({ handshakeFd: 3, terraform: 42, transport: "unix", compileCache: "/cache" });
    expect(env).toEqual({ OTHER_HANDSHAKE: "9" });
  });

  test("has the handshake on stdout and Node.js's own cache if there was no launcher", () => {
    expect(takeLaunchEnvironment("sample", { NODE_COMPILE_CACHE: "/node" })).toEqual({
      handshakeFd: 1,
      terraform: undefined,
      transport: "unix",
      compileCache: "/node",
    });
  });

  test.each<[NodeJS.ProcessEnv, NodeJS.Platform, string]>([
    [{ SAMPLE_TRANSPORT: "tcp" }, "linux", "tcp"],
    [{ SAMPLE_TRANSPORT: "unix" }, "win32", "tcp"],
    [{}, "win32", "tcp"],
    [{}, "darwin", "unix"],
  ])("with %j on %s, Terraform connects over %s", (env, platform, transport) => {
    expect(takeLaunchEnvironment("sample", env, platform)).toMatchObject({ transport });
    expect(env).toEqual({});
  });
});
