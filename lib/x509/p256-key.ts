import { createECDH, createPrivateKey, sign } from "node:crypto";
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
/** The bytes of the secret, and of each coordinate of the point. */
const SIZE = 32;

/**
 * A new key. It writes both forms itself: the first use of OpenSSL's encoder takes as long as making the key. The numbers do not come from
 * `KeyObject.export({ format: "jwk" })`, because Node.js 20 never returns from it if the garbage collector runs meanwhile.
 */
export function createP256Key(): P256Key {
  const pair = createECDH("prime256v1");
  const uncompressed = pair.generateKeys();
  const secret = leftPadded(pair.getPrivateKey());
  const point = bitString(uncompressed);
  const [d, x, y] = [secret, uncompressed.subarray(1, 1 + SIZE), uncompressed.subarray(1 + SIZE)].map((part) => part.toString("base64url"));
  const key = createPrivateKey({ key: { kty: "EC", crv: "P-256", d, x, y }, format: "jwk" });
  return {
    spki: sequence(EC_P256, point),
    pkcs8: sequence(version(0), EC_P256, octetString(sequence(version(1), octetString(secret), der(0xa1, point)))),
    sign: (data) => sign("sha256", data, key),
  };
}

/** `getPrivateKey` omits leading zeros. */
const leftPadded = (secret: Buffer): Buffer => Buffer.concat([Buffer.alloc(SIZE - secret.length), secret]);

const version = (number: number): Buffer => integer(Buffer.from([number]));
