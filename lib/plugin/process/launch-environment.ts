import { fstatSync } from "node:fs";

/** What the launcher's shell passes to this process. Without the shell (in a debugger, in a test), the defaults apply. */
export interface LaunchEnvironment {
  /** The file descriptor to write the handshake to. */
  readonly handshakeFd: number;
  /** The process id of the Terraform that started the shell; undefined without the shell. */
  readonly terraform: number | undefined;
  /** How Terraform reaches this process. */
  readonly transport: "unix" | "tcp";
  /** The folder that the user wants for Node's compiled code; undefined for the usual one. */
  readonly compileCache: string | undefined;
}

/** The exit status that tells the shell that this process did not inherit the handshake's descriptor. */
export const DESCRIPTOR_LOST = 75;

const STDOUT = 1;

/**
 * Reads the launch environment, and whether the user wants TCP, and removes these variables from `env`, together with those that make
 * libraries write debug output.
 *
 * @param name the provider's; the shell's variables begin with it, in capitals
 * @param platform Windows has Unix sockets, but Node.js does not listen on them there
 */
export function takeLaunchEnvironment(
  name: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): LaunchEnvironment {
  const prefix = name.toUpperCase();
  const take = (variable: string): string | undefined => {
    const value = env[variable];
    delete env[variable];
    return value;
  };
  take("DEBUG");
  take("NODE_DEBUG");
  return {
    handshakeFd: Number(take(`${prefix}_HANDSHAKE`)) || STDOUT,
    terraform: Number(take(`${prefix}_TERRAFORM`)) || undefined,
    transport: take(`${prefix}_TRANSPORT`) === "tcp" || platform === "win32" ? "tcp" : "unix",
    compileCache: take(`${prefix}_COMPILE_CACHE`) || env.NODE_COMPILE_CACHE || undefined,
  };
}

/** Whether somebody may read from the descriptor. If it was not inherited, one of Node's own files may have its number by now. */
export function canBeWritten(fd: number): boolean {
  if (fd === STDOUT) return true;
  try {
    const stats = fstatSync(fd);
    return stats.isFIFO() || stats.isSocket() || stats.isFile() || stats.isCharacterDevice();
  } catch {
    return false;
  }
}
