import { promises } from "node:fs";
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
 * whose socket nobody listens on. Never rejects: another time will do.
 *
 * @param base where the sockets' directories are
 */
export async function removeAbandoned(base: string): Promise<void> {
  const names = await promises.readdir(base).catch(() => []);
  for (const name of names) {
    if (!SOCKET_PLACE.test(name) && !TOKEN_PLACE.test(name)) continue;
    const directory = join(base, name);
    if (await isAbandoned(directory, TOKEN_PLACE.test(name)))
      await promises.rm(directory, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isAbandoned(directory: string, holdsToken: boolean): Promise<boolean> {
  const stats = await promises.lstat(directory).catch(() => null);
  if (!stats?.isDirectory() || stats.uid !== process.getuid?.()) return false;
  const age = Date.now() - stats.mtimeMs;
  return holdsToken ? age > TOKEN_LIFE : age > STARTING && !(await isServed(join(directory, "s")));
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
