import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { cleanEnvironment } from "../terraform/clean-environment.cjs";

/**
 * The demo's own folder. It is in the clone, so that apps in it find the package by its name. `remove` deletes it with its contents.
 */
export class Workspace {
  #root;
  #parent;

  /** @param {string} root */
  constructor(root) {
    this.#root = root;
    this.#parent = join(root, ".tmp");
    mkdirSync(this.#parent, { recursive: true });
    this.dir = mkdtempSync(join(this.#parent, "demo-"));
  }

  /**
   * The environment for cdktf, in which it can reach only the emulator.
   *
   * @param {NodeJS.ProcessEnv} base the user's
   * @param {string} terraform
   * @param {string} endpoint
   */
  environment(base, terraform, endpoint) {
    return cleanEnvironment(
      {
        TERRAFORM_BINARY_NAME: terraform,
        CDKTF_HOME: join(this.dir, "home"),
        CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
        CI: "1",
        NO_COLOR: "1",
        ALICLOUD_ACCESS_KEY: "demo",
        ALICLOUD_SECRET_KEY: "demo-secret",
        ALICLOUD_REGION: "cn-hangzhou",
        ALICLOUD_PROTOCOL: "HTTP",
        ECS_ENDPOINT: endpoint,
      },
      base,
    );
  }

  /** Creates a cdktf project whose app is the example pipeline, unchanged. */
  async exampleProject() {
    const dir = this.#project("pipeline", "node main.js");
    // Without tsconfig.json, whose paths lead to the sources: the demo uses the built package, as a user would.
    await build({
      entryPoints: [join(this.#root, "examples/pipeline/main.ts")],
      outfile: join(dir, "main.js"),
      bundle: true,
      platform: "node",
      packages: "external",
      tsconfigRaw: {},
      logLevel: "warning",
    });
    return dir;
  }

  /**
   * Creates a cdktf project whose app is the demo's own small stack.
   *
   * @param {string} name
   */
  stackProject(name) {
    return this.#project(name, `node "${join(this.#root, "scripts/demo/stack.mjs")}"`);
  }

  remove() {
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    try {
      rmdirSync(this.#parent);
    } catch {
      // It contains other files.
    }
  }

  /**
   * @param {string} name
   * @param {string} app
   */
  #project(name, app) {
    const dir = join(this.dir, name);
    mkdirSync(dir);
    writeFileSync(join(dir, "cdktf.json"), JSON.stringify({ language: "typescript", app, projectId: name, sendCrashReports: "false" }));
    return dir;
  }
}
