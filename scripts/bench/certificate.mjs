import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A self-signed certificate such as Terraform offers to its plugins, made with the openssl command. */
export function generateCertificate() {
  const folder = mkdtempSync(join(tmpdir(), "imagetask-bench-"));
  try {
    const [key, certificate] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
    const made = spawnSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        key,
        "-out",
        certificate,
      ],
      { encoding: "utf8" },
    );
    if (made.status !== 0) throw new Error(`openssl is needed for the start-up figures: ${made.stderr ?? made.error}`);
    return { key: readFileSync(key, "utf8"), certificate: readFileSync(certificate, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
