import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProviderPackage } from "../../lib/private/provider-package";

/** A provider package with two small files, in a new temporary folder. */
export function fakePackage(version = "0.0.123456"): ProviderPackage {
  const dir = join(temporaryFolder(), "package");
  mkdirSync(dir);
  const binary = `terraform-provider-imagetask_v${version}`;
  writeFileSync(join(dir, binary), `#!/usr/bin/env node\n// ${version}\n`, { mode: 0o755 });
  writeFileSync(join(dir, "package.json"), "{}\n");
  return {
    dir,
    version,
    h1: `h1:${Buffer.from(version).toString("base64")}`,
    files: [{ name: binary, executable: true }, { name: "package.json" }],
  };
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "imagetask-test-"));
}
