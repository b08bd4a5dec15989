import { generateKeyPairSync, sign } from "node:crypto";
import { bitString, der, integer, octetString, oid, sequence } from "./der";

/** A key on the curve P-256, in DER. */
export interface P256Key {
  /** The public key, as a certificate contains it (SubjectPublicKeyInfo). */
  readonly spki: Buffer;
  /** The private key (PKCS #8). */
  readonly pkcs8: Buffer;
  /** Signs with ECDSA and SHA-256. */
  sign(data: Buffer): Buffer;
}

const EC_P256 = sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7"));

/** A new key. It writes both forms itself: the first use of OpenSSL's encoder takes as long as making the key. */
export function createP256Key(): P256Key {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { d, x, y } = privateKey.export({ format: "jwk" });
  const secret = Buffer.from(d!, "base64url");
  const point = bitString(Buffer.concat([Buffer.from([4]), Buffer.from(x!, "base64url"), Buffer.from(y!, "base64url")]));
  return {
    spki: sequence(EC_P256, point),
    pkcs8: sequence(version(0), EC_P256, octetString(sequence(version(1), octetString(secret), der(0xa1, point)))),
    sign: (data) => sign("sha256", data, privateKey),
  };
}

const version = (number: number): Buffer => integer(Buffer.from([number]));
