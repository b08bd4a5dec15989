import { mkdtempSync, rmdirSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SocketPlace {
  readonly path: string;
  /** Removes the socket and its directory; never throws, may be called again. */
  remove(): void;
}

/** sockaddr_un holds 108 bytes on Linux and 104 on macOS, of which the last is a zero. */
const MAX_PATH_BYTES = 100;

/** No place for the socket could be had. */
export class SocketPlaceError extends Error {
  override readonly name = "SocketPlaceError";
}

/**
 * A path for the plugin's socket in a new directory that only this user may enter (mode 0700).
 *
 * @param bases directories to try in turn; one that is missing, not writable, or leads to a path too long for a
 *   socket is passed over
 */
export function createSocketPlace(bases: readonly string[] = defaultBases(process.env)): SocketPlace {
  const refused: string[] = [];
  for (const base of bases) {
    const longest = Buffer.byteLength(join(base, "imagetask-XXXXXX", "s"));
    if (longest > MAX_PATH_BYTES) {
      refused.push(`${base} (the socket's path would have ${longest} bytes, at most ${MAX_PATH_BYTES} are allowed)`);
      continue;
    }
    try {
      const directory = mkdtempSync(join(base, "imagetask-"));
      const path = join(directory, "s");
      return { path, remove: () => remove(path, directory) };
    } catch (error) {
      refused.push(`${base} (${(error as Error).message})`);
    }
  }
  throw new SocketPlaceError(
    `No directory for the plugin's socket: ${refused.join("; ")}. Set TMPDIR to a short path that you can write to.`,
  );
}

/** The process is about to end, and an empty directory among temporary files harms nobody. */
function remove(path: string, directory: string): void {
  attempt(() => unlinkSync(path));
  attempt(() => rmdirSync(directory));
}

function attempt(removal: () => void): void {
  try {
    removal();
  } catch {
    // It is gone, or not to be had.
  }
}

/** Where temporary files go here; what a plugin host asks for comes first. */
export function defaultBases(env: NodeJS.ProcessEnv): string[] {
  const bases = [env.PLUGIN_UNIX_SOCKET_DIR, tmpdir(), env.XDG_RUNTIME_DIR, "/tmp", "/var/tmp"].filter((base): base is string =>
    Boolean(base),
  );
  return [...new Set(bases)];
}
