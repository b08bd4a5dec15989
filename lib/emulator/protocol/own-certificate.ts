import { hostname } from "node:os";
import { createCertificate } from "../../x509/certificate";
import { remoteHosts } from "./addresses";
import type { TlsKeys } from "./tls-keys";

/** The longest validity that Apple's clients accept, in days. */
const DAYS = 825;

/**
 * Creates a certificate, with its key, for every host name and address of the emulator. It can't sign other certificates, so
 * trusting it is safe.
 *
 * @param host the address to listen on
 * @param names more host names that clients use
 */
export function ownCertificate(host = "127.0.0.1", names: readonly string[] = []): TlsKeys {
  const machine = hostname();
  const hosts = ["localhost", "127.0.0.1", "::1", host, ...remoteHosts(host), ...(/^[\w.-]+$/.test(machine) ? [machine] : []), ...names];
  const usable = [...new Set(hosts)].filter((name) => name !== "0.0.0.0" && name !== "::");
  const { certificate, key } = createCertificate(new Date(), { hosts: usable, days: DAYS, authority: false });
  return { cert: certificate, key };
}
