import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../terraform/clean-environment.cjs";
import { linkFiles, pluginDirectory } from "../terraform/plugin-directory.cjs";
import { pluginProcesses } from "../terraform/plugin-processes.cjs";
import { startCommand } from "../terraform/start-command.cjs";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** @returns {{ version: string, files: { name: string, executable?: boolean }[] }} */
export const manifest = () => JSON.parse(readFileSync(join(root, "dist/plugin/manifest.json"), "utf8"));
export const pluginFile = () => join(root, "dist/plugin/package", manifest().files.find((file) => file.executable)?.name ?? "");

/** A folder with a configuration and our plugin, initialised. Commands run beside the caller, since the emulator lives in this process. */
export class Workspace {
  /**
   * @param {string} terraform
   * @param {string} configuration
   */
  static async open(terraform, configuration) {
    const workspace = new Workspace(terraform);
    workspace.write(configuration);
    await workspace.run(["init"]);
    return workspace;
  }

  /** @param {string} terraform */
  constructor(terraform) {
    this.terraform = terraform;
    this.folder = mkdtempSync(join(tmpdir(), "imagetask-bench-"));
    const { version, files } = manifest();
    const target = pluginDirectory(this.folder, "registry.terraform.io/alicloud-image-tasks/imagetask", version);
    linkFiles(
      join(root, "dist/plugin/package"),
      target,
      files.map(({ name }) => name),
    );
  }

  /** @param {string} configuration */
  write(configuration) {
    writeFileSync(join(this.folder, "main.tf"), configuration);
  }

  /**
   * Runs to the end; throws with the output when it fails.
   *
   * @param {readonly string[]} args
   * @param {{ env?: NodeJS.ProcessEnv, watch?: boolean }} [options] `watch`: whether to measure the plugin's memory and CPU meanwhile, which
   *   itself takes time
   */
  async run(args, { env = {}, watch = false } = {}) {
    const running = startCommand(this.terraform, [...args, "-no-color"], { cwd: this.folder, env: cleanEnvironment(env) });
    const usage = { peakMiB: 0, cpuSeconds: 0 };
    const timer = watch ? setInterval(() => sample(running.pid, usage), 500) : undefined;
    const { code, seconds, output } = await running.closed();
    clearInterval(timer);
    if (code !== 0) throw new Error(`${this.terraform} ${args.join(" ")} failed:\n${output.slice(-4000)}`);
    return { seconds, ...usage };
  }

  /**
   * The instances of a resource type in the state.
   *
   * @param {string} type
   * @returns {{ [name: string]: string }[]}
   */
  instances(type) {
    return this.resources()
      .filter((resource) => resource.type === type)
      .flatMap((resource) => resource.instances.map(({ attributes }) => attributes));
  }

  /**
   * How much of the state file an instance takes, on average.
   *
   * @param {string} name of the resource's type or of the resource
   */
  instanceBytes(name) {
    const found = this.resources().filter((resource) => resource.type === name || resource.name === name);
    const instances = found.flatMap((resource) => resource.instances);
    return JSON.stringify([[[instances]]], null, 2).length / instances.length;
  }

  /** @returns {{ type: string, name: string, instances: { attributes: { [name: string]: string } }[] }[]} */
  resources() {
    return JSON.parse(readFileSync(join(this.folder, "terraform.tfstate"), "utf8")).resources;
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * The provider block that reaches an emulator.
 *
 * @param {string} endpoint
 */
export const providerBlock = (endpoint) => `
terraform {
  required_providers {
    imagetask = {
      source = "alicloud-image-tasks/imagetask"
    }
  }
}
provider "imagetask" {
  region     = "cn-hangzhou"
  access_key = "bench-access-key"
  secret_key = "bench-secret-key"
  protocol   = "HTTP"
  endpoints {
    ecs = "${endpoint}"
  }
}
`;

/** An emulator whose tasks and images are done at once. */
export const NO_TIME = {
  taskDuration: 0,
  behaviour: { task: { waiting: 0 }, image: { availableDelay: 0, attributeDelay: 0, deleteDelay: 0 } },
};

export const emulatorOptions = { accessKeyId: "bench-access-key", accessKeySecret: "bench-secret-key" };

/**
 * Peak memory and CPU time of the plugin that the given Terraform runs.
 *
 * @param {number} terraformPid
 * @param {{ peakMiB: number, cpuSeconds: number }} usage
 */
function sample(terraformPid, usage) {
  for (const { memoryMiB, cpuSeconds } of pluginProcesses().filter(({ parent }) => parent === terraformPid)) {
    usage.peakMiB = Math.max(usage.peakMiB, memoryMiB);
    usage.cpuSeconds = Math.max(usage.cpuSeconds, cpuSeconds);
  }
}
