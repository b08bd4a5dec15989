import { homedir, userInfo } from "node:os";
import { isAbsolute } from "node:path";

/** A path that contains nothing and in which nothing can be created. */
const NOWHERE = "/dev/null";

/**
 * The user's home directory. In many containers the user has none: no HOME and no entry in passwd. There, `os.homedir` would throw,
 * even when libraries call it. So this function sets HOME to a path that contains nothing.
 */
export function ensureHome(env: NodeJS.ProcessEnv): string {
  if (process.platform === "win32") return homedir();
  const home = isHome(env.HOME) ? env.HOME : homeByPasswd();
  return (env.HOME = home);
}

function homeByPasswd(): string {
  try {
    const { homedir: home } = userInfo();
    return isHome(home) ? home : NOWHERE;
  } catch {
    return NOWHERE;
  }
}

const isHome = (path: string | undefined): path is string => path !== undefined && isAbsolute(path);
