import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROVIDER_TYPE } from "../contract/provider";

/** What the name of the token's directory begins with. */
export const TOKEN_DIRECTORY = `${PROVIDER_TYPE}-oidc-`;

/** The SDK reads an OIDC token from a file: a private one, which goes when the process exits. */
export function writeTokenFile(token: string): string {
  const folder = mkdtempSync(join(tmpdir(), TOKEN_DIRECTORY));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "token");
  writeFileSync(file, token, { mode: 0o600 });
  return file;
}
