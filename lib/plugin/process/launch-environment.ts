import { fstatSync } from "node:fs";

/** What the shell script that starts this process hands over; without the script (a debugger, a test), what holds then. */
export interface LaunchEnvironment {
  /** Where the handshake goes. */
  readonly handshakeFd: number;
  /** The process that started the script, which is Terraform; undefined without the script. */
  readonly host: number | undefined;
  /** Where the user wants Node's compiled code to be kept; undefined: in the usual place. */
  readonly compileCache: string | undefined;
}

/** The exit status by which the script learns that the handshake's descriptor got lost on the way. */
export const DESCRIPTOR_LOST = 75;

const STDOUT = 1;

/** Reads it, and takes it out of the environment together with what makes libraries write their debugging. */
export function takeLaunchEnvironment(env: NodeJS.ProcessEnv): LaunchEnvironment {
  const { IMAGETASK_HANDSHAKE, IMAGETASK_HOST, IMAGETASK_COMPILE_CACHE, NODE_COMPILE_CACHE } = env;
  for (const name of SPENT) delete env[name];
  return {
    handshakeFd: Number(IMAGETASK_HANDSHAKE) || STDOUT,
    host: Number(IMAGETASK_HOST) || undefined,
    compileCache: IMAGETASK_COMPILE_CACHE || NODE_COMPILE_CACHE || undefined,
  };
}

const SPENT = ["IMAGETASK_HANDSHAKE", "IMAGETASK_HOST", "IMAGETASK_COMPILE_CACHE", "DEBUG", "NODE_DEBUG"];

/** Whether somebody may read there. A number that was not handed on may by now name something of Node's own. */
export function canBeWritten(fd: number): boolean {
  if (fd === STDOUT) return true;
  try {
    const stats = fstatSync(fd);
    return stats.isFIFO() || stats.isSocket() || stats.isFile() || stats.isCharacterDevice();
  } catch {
    return false;
  }
}
