import { spawnSync } from "node:child_process";
import { createPrivateKey, createPublicKey, verify } from "node:crypto";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { createP256Key } from "../../lib/x509/p256-key";

describe("a key on P-256", () => {
  const key = createP256Key();
  const publicKey = createPublicKey({ key: key.spki, format: "der", type: "spki" });

  test("signs what its public key verifies", () => {
    const data = Buffer.from("certificate");
    expect(verify("sha256", data, publicKey, key.sign(data))).toBe(true);
    expect(verify("sha256", Buffer.from("other"), publicKey, key.sign(data))).toBe(false);
  });

  test("has the form that OpenSSL gives it, for secrets with leading zeros, too", () => {
    for (let i = 0; i < 1_000; i++) {
      const { pkcs8, spki } = createP256Key();
      const read = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
      expect(read.export({ type: "pkcs8", format: "der" })).toEqual(pkcs8);
      expect(createPublicKey(read).export({ type: "spki", format: "der" })).toEqual(spki);
    }
  });

  // In another process, because what hangs would be this one's main thread.
  test("is made while the garbage collector runs", () => {
    const { outputFiles } = buildSync({
      entryPoints: [join(__dirname, "../../lib/x509/p256-key.ts")],
      bundle: true,
      write: false,
      format: "cjs",
      platform: "node",
    });
    const program = `${outputFiles[0]!.text}\nfor (let i = 0; i < 10_000; i++) module.exports.createP256Key();`;
    const { status, signal } = spawnSync(process.execPath, ["--max-semi-space-size=1", "-"], { input: program, timeout: 60_000 });
    expect({ status, signal }).toEqual({ status: 0, signal: null });
  });

  test("is a different one each time", () => {
    expect(createP256Key().pkcs8).not.toEqual(key.pkcs8);
  });
});
