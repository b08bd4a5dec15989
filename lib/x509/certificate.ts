import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { bitString, boolean, der, time, integer, octetString, oid, sequence, set, utf8 } from "./der";
import { createP256Key } from "./p256-key";

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  readonly der: Buffer;
}

const ECDSA_WITH_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
const DAY_MS = 24 * 60 * 60 * 1000;

export interface CertificateOptions {
  /** The host names and addresses that it is valid for. Default: `localhost`. */
  readonly hosts?: readonly string[];
  /** How long it is valid. Default: ten years, because its key exists only as long as its process. */
  readonly days?: number;
  /** Whether it may sign others. Default true: Terraform adds the plugin's certificate to its pool of root certificates. */
  readonly authority?: boolean;
}

/**
 * A fresh self-signed certificate. Node can make keys and signatures but not certificates, and an X.509 library more than
 * doubles the time that the plugin takes to start, so `der.ts` writes the certificate. This folder knows neither Terraform nor
 * ECS: both the plugin and the emulator use it.
 */
export function createCertificate(now: Date, options: CertificateOptions = {}): Certificate {
  const key = createP256Key();
  const body = toBeSigned(key.spki, now, options);
  const certificate = sequence(body, ECDSA_WITH_SHA256, bitString(key.sign(body)));
  return { key: toPem("PRIVATE KEY", key.pkcs8), certificate: toPem("CERTIFICATE", certificate), der: certificate };
}

function toBeSigned(spki: Buffer, now: Date, options: CertificateOptions): Buffer {
  const { hosts = ["localhost"], days = 3650, authority = true } = options;
  const name = sequence(set(sequence(oid("2.5.4.3"), utf8(hosts[0]))));
  return sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    name,
    // Valid from yesterday, in case the clock is set back.
    sequence(time(new Date(now.getTime() - DAY_MS)), time(new Date(now.getTime() + days * DAY_MS))),
    name,
    spki,
    der(0xa3, extensions(hosts, authority)),
  );
}

function extensions(hosts: readonly string[], authority: boolean): Buffer {
  const critical = boolean(true);
  return sequence(
    sequence(oid("2.5.29.19"), critical, octetString(authority ? sequence(boolean(true)) : sequence())),
    // digitalSignature, and keyCertSign for an authority
    sequence(oid("2.5.29.15"), critical, octetString(authority ? bitString(Buffer.from([0x84]), 2) : bitString(Buffer.from([0x80]), 7))),
    // serverAuth, which macOS requires
    ...(authority ? [] : [sequence(oid("2.5.29.37"), octetString(sequence(oid("1.3.6.1.5.5.7.3.1"))))]),
    sequence(oid("2.5.29.17"), octetString(sequence(...hosts.map(alternativeName)))),
  );
}

/** An address is written as bytes, a name as text. */
function alternativeName(host: string): Buffer {
  const version = mayBeAddress(host) ? isIP(host) : 0;
  if (version === 0) return der(0x82, Buffer.from(host));
  return der(0x87, version === 4 ? Buffer.from(host.split(".").map(Number)) : bytesOfIPv6(host));
}

/** Asked first, because the first call of `isIP` takes three milliseconds, in which Terraform waits for the plugin. */
const mayBeAddress = (host: string): boolean => host.includes(":") || /^[\d.]+$/.test(host);

function bytesOfIPv6(address: string): Buffer {
  // The URL parser normalises the address to its shortest form.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string | undefined): string[] => (text ? text.split(":") : []);
  const [before, after] = [groups(head), groups(tail)];
  const all = [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

function toPem(label: string, content: Buffer): string {
  const lines = content.toString("base64").match(/.{1,64}/g)!;
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
