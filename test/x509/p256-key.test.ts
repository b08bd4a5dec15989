import { createPrivateKey, createPublicKey, verify } from "node:crypto";
import { createP256Key } from "../../lib/x509/p256-key";

describe("a key on P-256", () => {
  const key = createP256Key();
  const privateKey = createPrivateKey({ key: key.pkcs8, format: "der", type: "pkcs8" });
  const publicKey = createPublicKey({ key: key.spki, format: "der", type: "spki" });

  test("has the form that OpenSSL gives it", () => {
    expect(privateKey.export({ type: "pkcs8", format: "der" })).toEqual(key.pkcs8);
    expect(publicKey.export({ type: "spki", format: "der" })).toEqual(key.spki);
  });

  test("signs what its public key verifies", () => {
    const data = Buffer.from("certificate");
    expect(verify("sha256", data, publicKey, key.sign(data))).toBe(true);
    expect(verify("sha256", Buffer.from("other"), publicKey, key.sign(data))).toBe(false);
  });

  test("is a different one each time", () => {
    expect(createP256Key().pkcs8).not.toEqual(key.pkcs8);
  });
});
