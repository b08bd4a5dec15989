import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { EcsEmulator } from "../../../lib/emulator";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => existsSync(file));

describe("the live page", () => {
  let ecs: EcsEmulator;
  beforeEach(async () => {
    ecs = new EcsEmulator();
    await ecs.start();
  });
  afterEach(() => ecs.stop());

  test("is what a browser gets at the root, and runs nothing but its own script", async () => {
    const answer = await fetch(ecs.url);
    expect(answer.headers.get("content-type")).toContain("text/html");
    const policy = answer.headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'sha256-[^']+'/);
    expect(policy).not.toContain("unsafe");
    expect(await answer.text()).toContain("<title>ECS emulator</title>");
  });

  test("its cancel button's call ends a task as the console does", async () => {
    const task = ecs.addTask({ action: "ImportImage" });
    const answer = await fetch(`${ecs.url}/_admin/tasks/${task.id}`, { method: "DELETE" });
    expect(answer.status).toBe(200);
    expect(ecs.tasks[0]!.cancelAcceptedAt).toBeDefined();
    expect((await fetch(`${ecs.url}/_admin/tasks/t-nowhere`, { method: "DELETE" })).status).toBe(400);
  });

  test("asks for no more than it shows", async () => {
    for (let i = 0; i < 5; i++) ecs.addImage({ name: `image-${i}` });
    const { images } = (await (await fetch(`${ecs.url}/_admin/images?last=2`)).json()) as { images: { name: string }[] };
    expect(images.map(({ name }) => name)).toEqual(["image-4", "image-3"]);
    expect((await fetch(`${ecs.url}/_admin/images?last=none`)).status).toBe(400);
  });

  // Chromium is no dependency: where it is missing, what it would show is not looked at.
  (CHROMIUM ? test : test.skip)("shows tasks, images and calls in Chromium, and takes names for text", async () => {
    const profile = mkdtempSync(join(tmpdir(), "imagetask-chromium-"));
    try {
      ecs.addImage({ name: "web-server" });
      ecs.addImage({ name: "<img/src=x/onerror=document.title='owned'>" });
      const { id } = ecs.addTask({ action: "ImportImage" });
      const flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ];
      const run = promisify(execFile)(
        CHROMIUM!,
        [...flags, `--user-data-dir=${profile}`, "--virtual-time-budget=4000", "--dump-dom", ecs.url],
        { timeout: 60_000 },
      );
      const { stdout } = await run;
      expect(stdout).toContain(id);
      expect(stdout).toContain("web-server");
      expect(stdout).toContain("1 running");
      expect(stdout).toContain("Cancel");
      expect(stdout).toContain("afterCancel.task");
      expect(stdout).toContain("<title>ECS emulator</title>");
      expect(stdout).toContain("&lt;img/src=x");
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
