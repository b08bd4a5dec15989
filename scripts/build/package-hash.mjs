import { createHash } from "node:crypto";

/**
 * Returns Terraform's hash of a provider package: a hash of the sorted lines "sha256hex, two spaces, file name, newline".
 *
 * @param {readonly { name: string, contents: Buffer }[]} files
 */
export function packageHash(files) {
  const lines = files.map(({ name, contents }) => ({ name, line: `${createHash("sha256").update(contents).digest("hex")}  ${name}\n` }));
  lines.sort((a, b) => (a.name < b.name ? -1 : 1));
  return `h1:${createHash("sha256")
    .update(lines.map(({ line }) => line).join(""))
    .digest("base64")}`;
}
