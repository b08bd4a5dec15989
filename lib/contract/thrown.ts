import { isRecord } from "./values";

/** The message of what was thrown, which need not be an Error. */
export function messageOf(thrown: unknown): string {
  return isRecord(thrown) && typeof thrown["message"] === "string" ? thrown["message"] : String(thrown);
}

/** The parts of an error of the operating system that say what failed; each is undefined if what was thrown lacks it. */
export function systemErrorOf(thrown: unknown): { readonly code?: string; readonly syscall?: string; readonly path?: string } {
  const error = isRecord(thrown) ? thrown : {};
  const text = (name: string): string | undefined => (typeof error[name] === "string" ? error[name] : undefined);
  return { code: text("code"), syscall: text("syscall"), path: text("path") };
}
