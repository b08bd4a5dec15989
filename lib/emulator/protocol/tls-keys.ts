import { X509Certificate, createPrivateKey } from "node:crypto";
import { EmulatorError } from "../values/emulator-error";

/** What HTTPS is spoken with, in PEM. */
export interface TlsKeys {
  /** The certificate, with those of its issuers behind it. */
  readonly cert: string;
  readonly key: string;
}

/** The pair as it is; an EmulatorError when it can't be used, in words that OpenSSL doesn't have. */
export function checkedTls({ cert, key }: TlsKeys): TlsKeys {
  const certificate = read("The certificate", () => new X509Certificate(cert));
  const privateKey = read("The private key", () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey))
    throw new EmulatorError(
      "The private key is not the certificate's: their public keys differ. Give the two files that were made together.",
    );
  return { cert, key };
}

function read<T>(what: string, reading: () => T): T {
  try {
    return reading();
  } catch (cause) {
    throw new EmulatorError(`${what} can't be read: it has to be in PEM, without a passphrase (${(cause as Error).message}).`, { cause });
  }
}
