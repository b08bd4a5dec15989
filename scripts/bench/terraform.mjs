import { spawn, spawnSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const manifest = () => JSON.parse(readFileSync(join(root, "dist/plugin/manifest.json"), "utf8"));
export const pluginFile = () => join(root, "dist/plugin/package", manifest().files.find((file) => file.executable).name);

/** The binary that is on PATH, or null. */
export function findTerraform() {
  return ["terraform", "tofu"].find((name) => spawnSync(name, ["version"]).status === 0) ?? null;
}

/** The environment of a measured command: none of the user's own settings, as those for Node change how fast it starts. */
export const cleanEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TF_|ALICLOUD_|ALIBABA_CLOUD_|ECS_ENDPOINT|NODE_)/.test(name))),
  CHECKPOINT_DISABLE: "1",
  TF_IN_AUTOMATION: "1",
};

/** A folder with a configuration and our plugin, initialised. */
export class Workspace {
  constructor(terraform, configuration) {
    this.terraform = terraform;
    this.folder = mkdtempSync(join(tmpdir(), "imagetask-bench-"));
    const { version, files } = manifest();
    const platform = `${process.platform}_${{ x64: "amd64", arm64: "arm64" }[process.arch] ?? process.arch}`;
    const target = join(this.folder, "terraform.d/plugins/registry.terraform.io/alicloud-image-tasks/imagetask", version, platform);
    mkdirSync(target, { recursive: true });
    for (const { name } of files) place(join(root, "dist/plugin/package", name), join(target, name));
    this.write(configuration);
    this.run(["init"]);
  }

  write(configuration) {
    writeFileSync(join(this.folder, "main.tf"), configuration);
  }

  /** Runs to the end; returns seconds. Throws with the output when it fails. */
  run(args) {
    const start = performance.now();
    const done = spawnSync(this.terraform, [...args, "-no-color"], {
      cwd: this.folder,
      env: cleanEnv,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (done.status !== 0) throw new Error(`${this.terraform} ${args.join(" ")} failed:\n${done.stdout}\n${done.stderr}`);
    return (performance.now() - start) / 1000;
  }

  /**
   * Runs beside the caller (the emulator lives in this process).
   *
   * @param watch whether to look at the plugin's memory and CPU meanwhile, which takes time of its own
   */
  async runAside(args, { env = {}, watch = false } = {}) {
    const start = performance.now();
    const child = spawn(this.terraform, [...args, "-no-color"], {
      cwd: this.folder,
      env: { ...cleanEnv, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    const usage = { peakMiB: 0, cpuSeconds: 0 };
    const timer = watch && setInterval(() => sample(child.pid, usage), 500);
    const status = await new Promise((resolve) => child.on("close", resolve));
    clearInterval(timer);
    if (status !== 0) throw new Error(`${this.terraform} ${args.join(" ")} failed:\n${output.slice(-4000)}`);
    return { seconds: (performance.now() - start) / 1000, ...usage };
  }

  /** The instances of a resource type in the state. */
  instances(type) {
    const { resources } = JSON.parse(readFileSync(join(this.folder, "terraform.tfstate"), "utf8"));
    return resources
      .filter((resource) => resource.type === type)
      .flatMap((resource) => resource.instances.map(({ attributes }) => attributes));
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The provider block that reaches an emulator. */
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

export const emulatorOptions = { accessKeyId: "bench-access-key", accessKeySecret: "bench-secret-key" };

function place(from, to) {
  try {
    linkSync(from, to);
  } catch {
    // Another file system: Terraform does not mind a copy.
    writeFileSync(to, readFileSync(from), { mode: 0o755 });
  }
}

/** Peak memory and CPU time of the plugin that the given Terraform runs. */
function sample(terraformPid, usage) {
  const { stdout } = spawnSync("ps", ["-A", "-o", "ppid=,rss=,time=,args="], { encoding: "utf8" });
  for (const line of stdout.split("\n")) {
    const match = /^\s*(\d+)\s+(\d+)\s+([\d:-]+)\s+(.*)$/.exec(line);
    if (!match || Number(match[1]) !== terraformPid || !match[4].includes("terraform-provider-imagetask")) continue;
    usage.peakMiB = Math.max(usage.peakMiB, Number(match[2]) / 1024);
    usage.cpuSeconds = Math.max(
      usage.cpuSeconds,
      match[3].split(":").reduce((total, part) => total * 60 + Number(part), 0),
    );
  }
}
