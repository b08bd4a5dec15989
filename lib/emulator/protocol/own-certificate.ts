import { hostname } from "node:os";
import { createCertificate } from "../../x509/certificate";
import { remoteHosts } from "./addresses";
import type { TlsKeys } from "./tls-keys";

/** Apple's clients refuse a server's certificate that is valid for longer. */
const DAYS = 825;

/**
 * A certificate for whatever clients may call the emulator by, with its key. It may sign no others, so whoever trusts it
 * trusts nothing else.
 *
 * @param host the address that is listened on
 * @param names further names that clients call by
 */
export function ownCertificate(host = "127.0.0.1", names: readonly string[] = []): TlsKeys {
  const machine = hostname();
  const hosts = ["localhost", "127.0.0.1", "::1", host, ...remoteHosts(host), ...(/^[\w.-]+$/.test(machine) ? [machine] : []), ...names];
  const usable = [...new Set(hosts)].filter((name) => name !== "0.0.0.0" && name !== "::");
  const { certificate, key } = createCertificate(new Date(), { hosts: usable, days: DAYS, authority: false });
  return { cert: certificate, key };
}
