// Not from node:fs/promises: that would be loaded before the handshake, and is hardly ever needed.
import { lstatSync, promises, readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

/** A socket's directory as `createSocketPlace` makes it, and one for an OIDC token. */
const SOCKET_PLACE = /^imagetask-[A-Za-z0-9]{6}$/;
const TOKEN_PLACE = /^imagetask-oidc-[A-Za-z0-9]{6}$/;
/** A plugin that is starting has a directory and no socket yet, in milliseconds. */
const STARTING = 10 * 60_000;
/** Longer than any run needs its token file, in milliseconds. */
const TOKEN_LIFE = 24 * 60 * 60_000;

/**
 * Removes what plugins that were killed (kill -9, out of memory) could not remove themselves: directories of this user
 * whose socket nobody listens on. Never rejects: another time will do. Looking for them is quick and at once, as every start
 * does it; there hardly ever are any.
 *
 * @param base where the sockets' directories are
 */
export async function removeAbandoned(base: string): Promise<void> {
  for (const name of oldPlaces(base)) {
    const directory = join(base, name);
    if (TOKEN_PLACE.test(name) || !(await isServed(join(directory, "s"))))
      await promises.rm(directory, { recursive: true, force: true }).catch(() => undefined);
  }
}

function oldPlaces(base: string): string[] {
  try {
    return readdirSync(base).filter((name) => {
      const keptFor = SOCKET_PLACE.test(name) ? STARTING : TOKEN_PLACE.test(name) ? TOKEN_LIFE : undefined;
      return keptFor !== undefined && isOld(join(base, name), keptFor);
    });
  } catch {
    return [];
  }
}

function isOld(directory: string, age: number): boolean {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && stats.uid === process.getuid?.() && Date.now() - stats.mtimeMs > age;
}

/** Only a refusal tells that nobody listens. */
function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code !== "ECONNREFUSED" && code !== "ENOENT" && code !== "ENOTSOCK"));
  });
}
