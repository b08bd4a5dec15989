import { takeLaunchEnvironment } from "../../../lib/plugin/process/launch-environment";

describe("what the launcher's shell hands over", () => {
  test("is read from variables that begin with the provider's name, and leaves the environment", () => {
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

  test("is stdout, no Terraform and Node's own setting where there was no shell", () => {
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
  ])("with %j on %s, has Terraform come by %s", (env, platform, transport) => {
    expect(takeLaunchEnvironment("sample", env, platform)).toMatchObject({ transport });
    expect(env).toEqual({});
  });
});
