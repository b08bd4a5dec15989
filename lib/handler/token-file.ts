import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The SDK wants an OIDC token in a file: a private one, gone when the process is. */
export function writeTokenFile(token: string): string {
  const folder = mkdtempSync(join(tmpdir(), "imagetask-oidc-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "token");
  writeFileSync(file, token, { mode: 0o600 });
  return file;
}
