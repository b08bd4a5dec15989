import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROVIDER_TYPE } from "../contract/provider";

/** How the name of a token's directory begins. */
export const TOKEN_DIRECTORY = `${PROVIDER_TYPE}-oidc-`;

/** Writes an OIDC token to a private file for the SDK. The file is removed when the process exits. */
export function writeTokenFile(token: string): string {
  const folder = mkdtempSync(join(tmpdir(), TOKEN_DIRECTORY));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "token");
  writeFileSync(file, token, { mode: 0o600 });
  return file;
}
