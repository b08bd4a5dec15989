import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { seedLockText } from "../../lib/private/lock-text";
import { createCertificate } from "../../lib/x509/certificate";
import { callsOf, until, untilWaitedFor, withBench, type Bench, type BenchOptions } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";
import { keptPromise } from "../support/waiting/kept-promise";
import { builtVersion, HERE, release, temporaryFolder } from "./support/release";

const APPLY = ["apply", "-auto-approve", "-input=false"];
const ADDRESS = "registry.terraform.io/alicloud-image-tasks/imagetask";

describe("a workspace that is initialised from a mirror, without Node.js on PATH", () => {
  const folder = temporaryFolder();
  const mirror = join(folder, "mirror");
  const path = join(folder, "bin");
  beforeAll(() => {
    release(join(folder, "release"), "--only", HERE, "--mirror", mirror);
    mkdirSync(path);
    symlinkSync(execFileSync("sh", ["-c", "command -v terraform"], { encoding: "utf8" }).trim(), join(path, "terraform"));
  });

  function withMirror(installation: string, options: BenchOptions, run: (bench: Bench) => Promise<void>): Promise<void> {
    const configuration = join(folder, "cli.tfrc");
    writeFileSync(configuration, `provider_installation {\n  ${installation}\n}\n`);
    const env = { PATH: path, TF_CLI_CONFIG_FILE: configuration, ...options.env };
    return withBench({ ...options, env }, run);
  }
  const files = (): string => `filesystem_mirror {\n    path = "${mirror}"\n  }`;

  test("applies, plans no changes, and destroys", () =>
    withMirror(files(), { taskDuration: "1s" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      expect(exited(await tf.apply()).output).toContain("2 added");
      exited(await tf.plan());
      exited(await tf.destroy());
      expect(ecs.images).toEqual([]);
    }));

  test("cancels on Ctrl-C within a second", () =>
    withMirror(files(), { taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      const apply = tf.start(APPLY);
      await untilWaitedFor(ecs, apply.output);
      // One process, without a launcher.
      expect(tf.plugins()).toHaveLength(1);

      const signalled = Date.now();
      apply.signal("SIGINT", "group");
      const { code } = await apply.done;

      expect(code).toBe(1);
      keptPromise("the cancel after Ctrl-C", ecs.tasks[0]!.cancelAcceptedAt! - signalled, 1_000);
      expect(ecs.images).toEqual([]);
    }));

  test.each(["unix", "tcp"])("cancels when Terraform is killed, over %s", (transport) =>
    withMirror(files(), { taskDuration: "10m", env: { IMAGETASK_TRANSPORT: transport } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      const apply = tf.start(APPLY);
      await untilWaitedFor(ecs, apply.output);

      const died = Date.now();
      apply.signal("SIGKILL", "process");

      await until("the cancel", () => ecs.tasks[0]!.cancelAcceptedAt !== undefined);
      keptPromise("the cancel after Terraform's death", ecs.tasks[0]!.cancelAcceptedAt! - died, 3_000);
    }),
  );

  test("cancels in a destroy while the task runs", () =>
    withMirror(files(), { taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: null }));
      exited(await tf.apply());
      exited(await tf.destroy());
      expect(callsOf(ecs, "CancelTask")).toHaveLength(1);
      expect(ecs.images).toEqual([]);
    }));

  test("ignores NODE_OPTIONS and other variables of Node.js", () =>
    withMirror(
      files(),
      { taskDuration: "1s", env: { NODE_OPTIONS: "--require ./missing.js", NODE_DEBUG: "http,tls", NODE_TLS_REJECT_UNAUTHORIZED: "0" } },
      async ({ ecs, tf }) => {
        tf.write(providerBlock(ecs) + importing());
        const { output } = exited(await tf.apply());
        expect(output).not.toMatch(/NODE_TLS_REJECT_UNAUTHORIZED|HTTP \d+:/);
      },
    ));

  test("accepts a lock file with the hashes that synth writes", () =>
    withMirror(files(), {}, async ({ tf }) => {
      const { archives } = JSON.parse(readFileSync(join(mirror, ADDRESS, `${builtVersion()}.json`), "utf8")) as {
        archives: { [platform: string]: { hashes: string[] } };
      };
      const version = builtVersion();
      // That of the form for Node.js comes before and after those of executables, as chance has it.
      const hashes = [
        "h1:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz=",
        ...archives[HERE]!.hashes,
        "h1:+++++++++++++++++++++++++++++++++++++++++++=",
      ];
      writeFileSync(join(tf.folder, ".terraform.lock.hcl"), seedLockText("", { source: ADDRESS, version, hashes }, []));
      writeFileSync(
        join(tf.folder, "main.tf"),
        `terraform {\n  required_providers {\n    imagetask = {\n      source  = "${ADDRESS}"\n      version = "${version}"\n    }\n  }\n}\n`,
      );
      const { output } = exited(await tf.run("init", "-input=false", "-lockfile=readonly"));
      expect(output).not.toContain("lock file not updated");
    }));

  describe("over HTTPS", () => {
    const { key, certificate } = createCertificate(new Date());
    let server: Server;
    const asked: string[] = [];
    beforeAll(async () => {
      server = createServer({ key, cert: certificate }, (request, response) => {
        asked.push(request.url!);
        try {
          response.setHeader("content-type", request.url!.endsWith(".json") ? "application/json" : "application/zip");
          response.end(readFileSync(join(mirror, request.url!)));
        } catch {
          response.writeHead(404).end();
        }
      });
      await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    });
    afterAll(() => void server.close());

    // Go programs read trusted certificates from this variable only on Linux.
    (process.platform === "linux" ? test : test.skip)("comes from a network mirror", async () => {
      const trusted = join(folder, "trusted.pem");
      writeFileSync(trusted, certificate);
      const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
      await withMirror(
        `network_mirror {\n    url = "${url}"\n  }`,
        { taskDuration: "1s", env: { SSL_CERT_FILE: trusted } },
        async ({ ecs, tf }) => {
          tf.write(providerBlock(ecs) + importing());
          exited(await tf.apply());
        },
      );
      expect([...new Set(asked)]).toEqual([
        `/${ADDRESS}/index.json`,
        `/${ADDRESS}/${builtVersion()}.json`,
        `/${ADDRESS}/terraform-provider-imagetask_${builtVersion()}_${HERE}.zip`,
      ]);
    });
  });
});
