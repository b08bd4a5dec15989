import { homedir, userInfo } from "node:os";
import { isAbsolute } from "node:path";

/** A path that contains nothing and in which nothing can be created. */
const NOWHERE = "/dev/null";

/**
 * The user's home directory. Many containers have none: no HOME and no entry in passwd. There `os.homedir` would throw, also
 * when libraries call it, so HOME is set to a path that contains nothing.
 */
export function settleHome(env: NodeJS.ProcessEnv): string {
  if (process.platform === "win32") return homedir();
  if (!isHome(env.HOME)) env.HOME = homeByPasswd();
  return env.HOME!;
}

function homeByPasswd(): string {
  try {
    const { homedir: home } = userInfo();
    return isHome(home) ? home : NOWHERE;
  } catch {
    return NOWHERE;
  }
}

const isHome = (path: string | undefined): boolean => path !== undefined && isAbsolute(path);
