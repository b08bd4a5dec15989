import { mkdtempSync, rmdirSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SocketPlace {
  readonly path: string;
  /** Removes the socket and its directory. Never throws; may be called again. */
  remove(): void;
}

/** sockaddr_un has room for 108 bytes on Linux and 104 on macOS; the last byte is a zero. */
const MAX_PATH_BYTES = 100;

/** No directory could take the socket; `message` is for the user. */
export class SocketPlaceError extends Error {
  override readonly name = "SocketPlaceError";
}

/**
 * Creates a directory for the plugin's socket that only this user may enter (mode 0700).
 *
 * @param name the provider's name; the directory's name begins with it
 * @param bases the directories to try in turn. A directory is skipped if it is missing, not writable, or makes the path too long for
 *   a socket
 */
export function createSocketPlace(name: string, bases: readonly string[] = defaultBases(process.env)): SocketPlace {
  const refused: string[] = [];
  for (const base of bases) {
    const longest = Buffer.byteLength(join(base, `${socketPrefix(name)}XXXXXX`, "s"));
    if (longest > MAX_PATH_BYTES) {
      refused.push(`${base} (the socket's path would be ${longest} bytes long; at most ${MAX_PATH_BYTES} are allowed)`);
      continue;
    }
    try {
      const directory = mkdtempSync(join(base, socketPrefix(name)));
      const path = join(directory, "s");
      return { path, remove: () => remove(path, directory) };
    } catch (error) {
      refused.push(`${base} (${(error as Error).message})`);
    }
  }
  throw new SocketPlaceError(
    `The provider found no directory for its socket: ${refused.join("; ")}. Set TMPDIR to a short path that you can write to, or ${name.toUpperCase()}_TRANSPORT=tcp.`,
  );
}

/** The prefix of the sockets' directories. */
export function socketPrefix(name: string): string {
  return `${name}-`;
}

/** Ignores errors: the process is about to end, and an empty temporary directory harms nobody. */
function remove(path: string, directory: string): void {
  attempt(() => unlinkSync(path));
  attempt(() => rmdirSync(directory));
}

function attempt(removal: () => void): void {
  try {
    removal();
  } catch {
    // It is gone already, or this user may not remove it.
  }
}

/** Where temporary files go on this system; the directory that Terraform asks for comes first. */
export function defaultBases(env: NodeJS.ProcessEnv): string[] {
  const bases = [env.PLUGIN_UNIX_SOCKET_DIR, tmpdir(), env.XDG_RUNTIME_DIR, "/tmp", "/var/tmp"].filter((base): base is string =>
    Boolean(base),
  );
  return [...new Set(bases)];
}
