import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { bitString, boolean, der, time, integer, octetString, oid, sequence, set, utf8 } from "./der";

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  readonly der: Buffer;
}

const ECDSA_WITH_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A fresh self-signed certificate for `localhost`, which Terraform trusts because it reads it from the handshake line.
 * Node can make keys and signatures but not certificates, and an X.509 library more than doubles the time to start;
 * hence the small writer in `der.ts`.
 */
export function createCertificate(now: Date): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = toBeSigned(publicKey, now);
  const signature = sign("sha256", body, privateKey);
  const certificate = sequence(body, ECDSA_WITH_SHA256, bitString(signature));
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }) as string, certificate: toPem(certificate), der: certificate };
}

function toBeSigned(publicKey: KeyObject, now: Date): Buffer {
  const name = sequence(set(sequence(oid("2.5.4.3"), utf8("localhost"))));
  return sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    name,
    // A day back for a clock that was put back meanwhile; ten years on, as the certificate dies with the process.
    sequence(time(new Date(now.getTime() - DAY_MS)), time(new Date(now.getTime() + 3650 * DAY_MS))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions()),
  );
}

function extensions(): Buffer {
  const critical = boolean(true);
  return sequence(
    // Its own authority: the host puts it into its pool of roots.
    sequence(oid("2.5.29.19"), critical, octetString(sequence(boolean(true)))),
    // digitalSignature and keyCertSign
    sequence(oid("2.5.29.15"), critical, octetString(bitString(Buffer.from([0x84]), 2))),
    // DNS name
    sequence(oid("2.5.29.17"), octetString(sequence(der(0x82, Buffer.from("localhost"))))),
  );
}

function toPem(certificate: Buffer): string {
  const lines = certificate.toString("base64").match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
