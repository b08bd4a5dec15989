import { loadScript } from "../support/load-script";
import type { Options } from "../support/conformance";

const { parseOptions, USAGE } = loadScript<{
  parseOptions(args: string[], env: { [name: string]: string }): Options & { json?: string; help: boolean };
  USAGE: string;
}>("scripts/conformance/options.mjs");
const KEY = { ALIBABA_CLOUD_ACCESS_KEY_ID: "id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret" };
const FILE = ["--bucket", "images", "--object", "web.qcow2"];

describe("parseOptions", () => {
  test("runs everything on a new emulator by default", () => {
    expect(parseOptions([], {})).toMatchObject({
      mode: "emulator",
      full: true,
      region: "cn-hangzhou",
      protocol: "http",
      clients: undefined,
    });
  });

  test("only reads from real ECS by default, over https", () => {
    expect(parseOptions(["--real"], KEY)).toMatchObject({ mode: "real", full: false, protocol: "https", endpoint: undefined });
  });

  test("starts tasks on real ECS only with --full", () => {
    expect(parseOptions(["--real", "--full", ...FILE], KEY)).toMatchObject({ full: true, bucket: "images", object: "web.qcow2" });
  });

  test("runs each client once, in the order given", () => {
    expect(parseOptions(["--client", "go-v3", "--client=js", "--client", "js"], {}).clients).toEqual(["go-v3", "js"]);
  });

  test.each([
    ["127.0.0.1:4566", "http", "127.0.0.1:4566"],
    ["http://localhost:4566/", "http", "localhost:4566"],
    ["https://[::1]:8443", "https", "[::1]:8443"],
  ])("accepts an emulator on this machine at %s", (given, protocol, endpoint) => {
    expect(parseOptions(["--endpoint", given], {})).toMatchObject({ mode: "endpoint", full: true, protocol, endpoint });
  });

  test("with --real and an endpoint on this machine, runs as on real ECS over http", () => {
    const options = parseOptions(["--real", "--endpoint", "http://127.0.0.1:4566"], KEY);
    expect(options).toMatchObject({ mode: "real", full: false, protocol: "http", endpoint: "127.0.0.1:4566" });
  });

  test.each<[string, string[], { [name: string]: string }, string]>([
    ["an unknown option", ["--fast"], {}, "Unknown option --fast. Options: --real,"],
    ["an additional argument", ["js"], {}, 'Unexpected argument "js".'],
    ["a value for a switch", ["--real=yes"], KEY, '--real takes no value; "yes" was given.'],
    ["no value", ["--region"], {}, "--region needs a value, e.g. --region=VALUE."],
    ["an option for a value", ["--region", "--real"], KEY, "--region needs a value"],
    ["an unknown client", ["--client", "ruby"], {}, '--client is "ruby". It takes one of js, python-v1, python-v3, go-v1, go-v3.'],
    ["an invalid region", ["--region", "Hangzhou"], {}, '--region is "Hangzhou". It takes a region\'s id such as cn-hangzhou.'],
    ["an invalid image", ["--image", "web"], {}, '--image is "web".'],
    ["the region as destination", ["--destination-region", "cn-hangzhou"], {}, "the same as --region"],
    ["an endpoint with a path", ["--endpoint", "http://127.0.0.1/x"], {}, "It takes HOST, HOST:PORT or a URL without a path."],
    ["another machine without --real", ["--endpoint", "ecs.aliyuncs.com"], {}, "isn't on this machine. Add --real"],
    ["another machine that only looks like this one", ["--endpoint", "127.0.0.1.example.com"], {}, "isn't on this machine"],
    ["real ECS over http", ["--real", "--endpoint", "http://ecs.aliyuncs.com"], KEY, "Real ECS is called only over https."],
    [
      "--real without a key",
      ["--real"],
      {},
      "--real needs ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment.",
    ],
    ["--real without a secret", ["--real"], { ALIBABA_CLOUD_ACCESS_KEY_ID: "id" }, "--real needs ALIBABA_CLOUD_ACCESS_KEY_SECRET in"],
    ["--real --full without a file", ["--real", "--full", "--bucket", "images"], KEY, "--real --full needs --object:"],
  ])("refuses %s in one line", (_what, args, env, message) => {
    expect(() => parseOptions(args, env)).toThrow(
      expect.objectContaining({ name: "UsageError", message: expect.stringContaining(message) }),
    );
    expect(() => parseOptions(args, env)).not.toThrow(/\n/);
  });

  test("names every option in its help", () => {
    for (const option of ["real", "full", "region", "endpoint", "client", "bucket", "object", "image", "destination-region", "json"]) {
      expect(USAGE).toContain(`--${option} `);
    }
  });
});
