import { X509Certificate, createPrivateKey } from "node:crypto";
import { EmulatorError } from "../values/emulator-error";

/** A certificate and its private key, in PEM. */
export interface TlsKeys {
  /** The certificate, followed by the certificates of its issuers. */
  readonly cert: string;
  readonly key: string;
}

/** Returns the pair, or throws an EmulatorError if it is unusable. The message is clearer than OpenSSL's. */
export function checkedTls({ cert, key }: TlsKeys): TlsKeys {
  const certificate = read("The certificate", () => new X509Certificate(cert));
  const privateKey = read("The private key", () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey))
    throw new EmulatorError(
      "The private key does not belong to the certificate: their public keys differ. Use the two files that were created together.",
    );
  return { cert, key };
}

function read<T>(what: string, reading: () => T): T {
  try {
    return reading();
  } catch (cause) {
    throw new EmulatorError(`${what} can't be read (${(cause as Error).message}). It must be in PEM, without a passphrase.`, { cause });
  }
}
