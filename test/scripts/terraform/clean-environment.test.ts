import { spawnSync } from "node:child_process";
import { devNull } from "node:os";
import { cleanEnvironment } from "../../../scripts/terraform/clean-environment.cjs";

const PROGRAMS = { PATH: "/bin", HOME: "/home/me", LANG: "C", LC_ALL: "C", TMPDIR: "/tmp", ASDF_DATA_DIR: "/asdf" };

describe("the environment that Terraform and cdktf get from scripts and tests", () => {
  test("has what programs need, and no variable of the user that configures Terraform, cdktf, the provider or Node", () => {
    const users = {
      TF_LOG: "trace",
      TF_PLUGIN_CACHE_DIR: "/cache",
      TERRAFORM_BINARY_NAME: "terraform-1.5",
      CDKTF_OUTDIR: "/elsewhere",
      ALICLOUD_ACCESS_KEY: "LTAI5t",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret",
      ECS_ENDPOINT: "ecs.example.com",
      NODE_OPTIONS: "--inspect",
      NODE_EXTRA_CA_CERTS: "/ca.pem",
      HTTPS_PROXY: "http://proxy:3128",
      http_proxy: "http://proxy:3128",
      npm_config_dry_run: "true",
    };

    expect(cleanEnvironment({}, { ...PROGRAMS, ...users })).toEqual({
      ...PROGRAMS,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_CLI_CONFIG_FILE: devNull,
    });
  });

  test("has the variables that a run adds, and not those that it removes", () => {
    const environment = cleanEnvironment({ HOME: "/e2e", TF_LOG: "debug", TF_IN_AUTOMATION: undefined }, PROGRAMS);
    expect(environment).toMatchObject({ HOME: "/e2e", TF_LOG: "debug", PATH: "/bin" });
    expect(environment.TF_IN_AUTOMATION).toBeUndefined();
  });

  test("is enough for Node to start", () => {
    expect(spawnSync("node", ["-p", "1 + 1"], { env: cleanEnvironment(), encoding: "utf8" }).stdout).toBe("2\n");
  });
});
