import { homedir, userInfo } from "node:os";
import { isAbsolute } from "node:path";

/** Nothing is below it, and nothing can be made there. */
const NOWHERE = "/dev/null";

/**
 * The user's home. Where there is none (no HOME and no entry in passwd, as in many containers), `os.homedir` would throw, in
 * libraries too; so HOME is set to a path that holds nothing.
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
