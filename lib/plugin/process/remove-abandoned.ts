// Not from node:fs/promises, which would be loaded before the handshake and is hardly ever needed.
import { lstatSync, promises, readdirSync, type Stats } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

/** What killed plugins may have left in a folder of temporary files. Each name is a prefix with the six characters that `mkdtemp` adds. */
export interface Abandoned {
  /** The prefix of the sockets' directories; see `createSocketPlace`. */
  readonly sockets: string;
  /** The prefixes of the provider's other directories. */
  readonly others?: readonly string[];
}

/** How long a plugin that is starting may have a directory without a socket, in milliseconds. */
const STARTING = 10 * 60_000;
/** Longer than any run needs the other directories, in milliseconds. */
const LONGEST_RUN = 24 * 60 * 60_000;

/**
 * Removes what killed plugins (kill -9, out of memory) left behind: this user's socket directories in which nobody listens,
 * and the provider's other directories once they are a day old. Never rejects, because the next start tries again. The search is
 * synchronous, because each start searches and hardly ever finds anything.
 *
 * @param base the folder that holds the directories
 */
export async function removeAbandoned(base: string, abandoned: Abandoned): Promise<void> {
  for (const { name, isSocket } of oldDirectories(base, abandoned)) {
    const directory = join(base, name);
    if (isSocket && (await isServed(join(directory, "s")))) continue;
    await promises.rm(directory, { recursive: true, force: true }).catch(() => undefined);
  }
}

interface Found {
  readonly name: string;
  readonly isSocket: boolean;
}

function oldDirectories(base: string, { sockets, others = [] }: Abandoned): Found[] {
  try {
    return readdirSync(base).flatMap((name) => {
      const isSocket = isMadeFrom(sockets, name);
      if (!isSocket && !others.some((prefix) => isMadeFrom(prefix, name))) return [];
      return isOld(join(base, name), isSocket ? STARTING : LONGEST_RUN) ? [{ name, isSocket }] : [];
    });
  } catch {
    return [];
  }
}

/** Whether `mkdtemp` made the name from the prefix: it adds six characters. */
function isMadeFrom(prefix: string, name: string): boolean {
  return name.startsWith(prefix) && /^[A-Za-z0-9]{6}$/.test(name.slice(prefix.length));
}

function isOld(directory: string, age: number): boolean {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && isOwn(stats) && Date.now() - stats.mtimeMs > age;
}

/** Whether this user owns it. On Windows, each user has their own folder of temporary files. */
function isOwn({ uid }: Stats): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

/** Whether somebody may listen there. Only a refused connection proves that nobody does. */
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
