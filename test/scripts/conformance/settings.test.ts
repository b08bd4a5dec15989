import { loadScript } from "../support/load-script";
import type { Config, Keys, Options } from "../support/conformance";

type SettingsFor = (client: string, options: Options, env: object, offered?: object) => { config: Config; keys: Keys };
const { settingsFor } = loadScript<{ settingsFor: SettingsFor }>("scripts/conformance/settings.mjs");
const real: Options = { mode: "real", full: false, region: "cn-shanghai", protocol: "https", destinationRegion: "cn-beijing" };
const ENV = { ALIBABA_CLOUD_ACCESS_KEY_ID: "id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "a-secret", ALIBABA_CLOUD_SECURITY_TOKEN: "a-token" };

describe("settingsFor", () => {
  test("calls each region of real ECS at its endpoint, with the access key of the environment", () => {
    const { config, keys } = settingsFor("js", real, ENV);
    expect(config).toMatchObject({ endpoint: "ecs.cn-shanghai.aliyuncs.com", destinationEndpoint: "ecs.cn-beijing.aliyuncs.com" });
    expect(keys).toEqual({ id: "id", secret: "a-secret", token: "a-token" });
  });

  test("has no secret and no token in the configuration", () => {
    expect(JSON.stringify(settingsFor("js", real, ENV).config)).not.toMatch(/a-secret|a-token/);
  });

  test("uses the access key of the environment only for real ECS", () => {
    const { keys } = settingsFor("js", { ...real, mode: "endpoint", endpoint: "127.0.0.1:4566" }, ENV);
    expect(keys).toEqual({ id: "emulator", secret: "emulator-secret" });
  });

  test("calls every region of an emulator at the same endpoint", () => {
    const offered = { endpoint: "127.0.0.1:4566", image: "m-1", destinationRegion: "cn-beijing", bucket: "b", object: "o" };
    const { config } = settingsFor("js", { mode: "emulator", full: true, region: "cn-hangzhou", protocol: "http" }, {}, offered);
    expect(config).toMatchObject({ ...offered, destinationEndpoint: "127.0.0.1:4566" });
  });

  test("gives each run a different prefix that is short enough for exported objects", () => {
    const prefixes = Array.from({ length: 20 }, () => settingsFor("python-v1", real, ENV).config.prefix);
    expect(new Set(prefixes).size).toBe(20);
    for (const prefix of prefixes) expect(prefix.replaceAll("-", "")).toMatch(/^conformancepythonv1[0-9a-f]{8}$/);
    expect(prefixes[0]!.replaceAll("-", "").length).toBeLessThanOrEqual(30);
  });
});
