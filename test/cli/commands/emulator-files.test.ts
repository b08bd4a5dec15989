import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownCertificate } from "../../../lib/emulator";
import { emulatorCommand } from "../../../lib/cli/commands/emulator";
import type { CommandResult } from "../../../lib/cli/command";
import { testContext } from "../support/context";
import { start } from "../support/running-emulator";

function secureStatus(url: string, options: { readonly ca?: Buffer; readonly servername?: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { ...options, agent: false }, (answer) => resolve(answer.resume().statusCode!)).once("error", reject);
  });
}

describe("the files of imagetask emulator", () => {
  let dir: string;
  beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), "imagetask-cli-"))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const seedFile = (content: unknown): string => {
    const file = join(dir, "seed.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };

  test("creates the resources of the seed file at the start, in the region that it prints", async () => {
    const file = seedFile({
      images: [{ id: "m-bp1base", name: "base", tags: { app: "web" } }],
      buckets: [{ name: "builds", objects: [{ key: "web.qcow2", size: 1024 }] }],
      tasks: [{ action: "ExportImage", imageId: "m-bp1base" }],
      serviceRoles: ["AliyunECSImageImportDefaultRole"],
    });
    const { context, url, end } = await start(["--seed", file, "--region", "eu-central-1"]);
    expect(context.printed).toContain("  export ALICLOUD_REGION=eu-central-1");
    const read = async (path: string): Promise<unknown> => (await fetch(`${url}/_admin${path}`)).json();
    expect(await read("/images")).toMatchObject({ images: [{ id: "m-bp1base", name: "base", region: "eu-central-1" }] });
    expect(await read("/tasks")).toMatchObject({ tasks: [{ action: "ExportImage", region: "eu-central-1" }] });
    expect(await read("/oss")).toMatchObject({ buckets: [{ name: "builds", region: "eu-central-1" }] });
    await end();
  });

  test.each([
    ['{\n  "images": [,]\n}', /seed\.json can't be parsed: Unexpected token .* is not valid JSON\.$/],
    [{ image: [] }, 'The seed has an unknown member "image". Allowed: region, images,'],
    [{ images: {} }, 'The member "images" is {}. Allowed: a list of objects.'],
    [{ images: [{}, { status: "Lost" }] }, 'The seed\'s images[1]: The status is "Lost". Allowed: Waiting,'],
    [{ images: [{ colour: "red" }] }, 'The member "images[0]" has an unknown member "colour".'],
    [{ images: [{ disks: [{ size: "big" }] }] }, 'The member "images[0].disks[0].size" is "big". Allowed: a number, 0 or more.'],
    [{ images: [{ region: "cn-nowhere" }] }, 'The seed\'s images[0]: There is no region "cn-nowhere". Allowed: cn-qingdao,'],
    [{ region: "cn-nowhere", buckets: [{ name: "b" }] }, 'There is no region "cn-nowhere".'],
    [{ images: [{ id: "m-1" }, { id: "m-1" }] }, 'The seed\'s images[1]: The image "m-1" exists already.'],
    [{ snapshots: [{ id: "s-1" }, { id: "s-1" }] }, 'The seed\'s snapshots[1]: The snapshot "s-1" exists already.'],
    [{ tasks: [{}] }, 'The member "tasks[0]" lacks the member "action".'],
    [{ buckets: [{ name: "b", objects: [{ size: 1 }] }] }, 'The member "buckets[0].objects[0]" lacks the member "key".'],
    [[], "The seed is not a JSON object. Allowed: an object with region, images,"],
  ])("refuses a seed file with a message that says what is wrong: %j", async (content, message) => {
    await expect(emulatorCommand.run(["--seed", seedFile(content), "--port", "0"], testContext())).rejects.toThrow(message);
  });

  test("fails with the path if there is no seed file", async () => {
    await expect(emulatorCommand.run(["--seed", join(dir, "none")], testContext())).rejects.toThrow(
      /seed file .*none can't be read: ENOENT/,
    );
  });

  test("creates the resources of the seed file in a new state file, but not again in an existing one", async () => {
    const args = ["--seed", seedFile({ images: [{ name: "base" }] }), "--state", join(dir, "state")];
    const images = async (): Promise<unknown> => {
      const { url, end } = await start(args);
      const answer: unknown = await (await fetch(`${url}/_admin/images`)).json();
      await end();
      return answer;
    };
    const first = await images();
    expect(first).toMatchObject({ images: [{ name: "base" }] });
    expect(await images()).toEqual(first);
  });

  test("with --tls serves HTTPS with a new certificate, and prints how clients trust it", async () => {
    const { context, url, end } = await start(["--tls", "--allow-host", "emulator.example.com"]);
    expect(url).toMatch(/^https:/);
    expect(context.printed).toContain("  export ALICLOUD_PROTOCOL=HTTPS");
    const file = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(context.printed.join("\n"))![1]!;
    for (const how of ["SSL_CERT_FILE=", "REQUESTS_CA_BUNDLE=", "curl --cacert ", "keytool -importcert"])
      expect(context.printed.join("\n")).toContain(how);
    const ca = readFileSync(file);
    expect(await secureStatus(`${url}/_ready`, { ca })).toBe(200);
    expect(await secureStatus(`${url}/_ready`, { ca, servername: "emulator.example.com" })).toBe(200);
    await expect(secureStatus(`${url}/_ready`, { ca, servername: "other.example.com" })).rejects.toThrow("altnames");
    await expect(secureStatus(`${url}/_ready`, {})).rejects.toThrow("self-signed");
    await end();
    expect(existsSync(file)).toBe(false);
  });

  test("with --tls-cert and --tls-key uses the same certificate after a restart, so that clients still trust it", async () => {
    const [cert, key] = [join(dir, "cert.pem"), join(dir, "key.pem")];
    const args = ["--tls", "--tls-cert", cert, "--tls-key", key];
    await (await start(args)).end();
    const made = readFileSync(cert);
    expect(statSync(key).mode & 0o777).toBe(0o600);
    const { url, end } = await start(args);
    expect(await secureStatus(`${url}/_ready`, { ca: made })).toBe(200);
    await end();
  });

  test("refuses a certificate that is missing, malformed or without its key", async () => {
    const [cert, key] = [join(dir, "cert.pem"), join(dir, "key.pem")];
    const run = (...args: string[]): Promise<CommandResult> => emulatorCommand.run(["--port", "0", ...args], testContext());
    await expect(run("--tls-cert", cert)).rejects.toThrow("--tls-cert and --tls-key must be used together");
    await expect(run("--tls-cert", cert, "--tls-key", key)).rejects.toThrow(/--tls-cert can't be read: ENOENT/);
    const [one, other] = [ownCertificate(), ownCertificate()];
    writeFileSync(cert, one.cert);
    writeFileSync(key, other.key);
    await expect(run("--tls-cert", cert, "--tls-key", key)).rejects.toThrow("does not belong to the certificate");
    await expect(run("--tls-cert", cert, "--tls-key", key, "--background", dir)).rejects.toThrow(
      "--background and --tls-cert can't be used together. Remove one of them.",
    );
    writeFileSync(key, "no key");
    await expect(run("--tls-cert", cert, "--tls-key", key)).rejects.toThrow(/^The private key can't be read .* It must be in PEM/);
  });
});
