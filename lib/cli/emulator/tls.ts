import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { messageOf } from "../../contract/thrown";
import type { TlsKeys } from "../../emulator";
import { CommandError, UsageError } from "../errors";

export interface TlsFlags {
  readonly tls: boolean;
  readonly "tls-cert": string | undefined;
  readonly "tls-key": string | undefined;
}

export interface Tls {
  readonly keys: TlsKeys;
  /** The file with the certificate that clients must trust. */
  readonly certificateFile: string;
  /** Removes temporary files. */
  readonly end: () => void;
}

/**
 * The certificate for HTTPS: the user's, or one that the emulator creates. It creates a new one at each start, unless the
 * flags name files in which to keep it.
 */
export function tlsOf({ tls, "tls-cert": certFile, "tls-key": keyFile }: TlsFlags, make: () => TlsKeys): Tls | undefined {
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new UsageError(
      "--tls-cert and --tls-key must be used together. Give both, or only --tls to let the emulator create a certificate.",
    );
  if (certFile === undefined || keyFile === undefined) return tls ? temporary(make()) : undefined;
  const present = [certFile, keyFile].map((file) => existsSync(file));
  if (tls && !present[0] && !present[1]) keep(certFile, keyFile, make());
  return {
    keys: { cert: read("--tls-cert", certFile), key: read("--tls-key", keyFile) },
    certificateFile: resolve(certFile),
    end: () => {},
  };
}

/** Writes the certificate to a temporary file. The key stays in memory. */
function temporary(keys: TlsKeys): Tls {
  const folder = mkdtempSync(join(tmpdir(), "imagetask-emulator-"));
  const certificateFile = join(folder, "certificate.pem");
  writeFileSync(certificateFile, keys.cert);
  return { keys, certificateFile, end: () => rmSync(folder, { recursive: true, force: true }) };
}

function keep(certFile: string, keyFile: string, { cert, key }: TlsKeys): void {
  try {
    writeFileSync(keyFile, key, { mode: 0o600, flag: "wx" });
    writeFileSync(certFile, cert, { flag: "wx" });
  } catch (cause) {
    throw new CommandError(`The new certificate can't be saved: ${messageOf(cause)}.`, { cause });
  }
}

function read(flag: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CommandError(`${flag} can't be read: ${messageOf(cause)}. With --tls, the emulator creates both files if neither exists.`, {
      cause,
    });
  }
}
