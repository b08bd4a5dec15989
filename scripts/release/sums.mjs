import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manifestName, sumsName } from "./names.mjs";

/**
 * Writes the other files that a registry needs: the manifest, the checksums and, with a key, their signature.
 *
 * @param {string} out the release's folder
 * @param {string} version
 * @param {string} [key] a GPG key's id
 */
export function writeSums(out, version, key) {
  writeFileSync(join(out, manifestName(version)), `${JSON.stringify({ version: 1, metadata: { protocol_versions: ["6.0"] } }, null, 2)}\n`);
  const sums = readdirSync(out)
    .sort()
    .map(
      (name) =>
        `${createHash("sha256")
          .update(readFileSync(join(out, name)))
          .digest("hex")}  ${name}\n`,
    );
  const file = join(out, sumsName(version));
  writeFileSync(file, sums.join(""));
  if (key === undefined) return;
  const { status, stderr, error } = spawnSync(
    "gpg",
    ["--batch", "--no-armor", "--local-user", key, "--output", `${file}.sig`, "--detach-sign", file],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`gpg did not sign with the key ${key}: ${error?.message ?? stderr.trim()}`);
}
