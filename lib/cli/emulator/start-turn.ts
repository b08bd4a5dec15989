import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemErrorOf } from "../../contract/thrown";

/** The turn to start a folder's emulator. */
export interface StartTurn {
  /** Lets the next process have it. */
  readonly end: () => void;
}

/**
 * Takes the turn to start the emulator of a folder. Turns are numbered files that are created exclusively, so that two processes that find
 * the last turn abandoned cannot both get the next one. The last file stays, because a process that starts counting anew could repeat a number.
 *
 * @param limit milliseconds after which a turn counts as abandoned, even if its process seems to run: its id may be another process's by now
 * @returns null while another process has the turn
 */
export function takeStartTurn(folder: string, limit: number): StartTurn | null {
  const last = lastTurn(folder);
  if (last > 0 && isTaken(fileOf(folder, last), limit)) return null;
  const own = fileOf(folder, last + 1);
  try {
    writeFileSync(own, String(process.pid), { flag: "wx" });
  } catch (error) {
    if (systemErrorOf(error).code === "EEXIST") return null;
    throw error;
  }
  // The number may be old: other processes may have had this turn, and later ones, since it was read.
  if (lastTurn(folder) > last + 1) {
    rmSync(own, { force: true });
    return null;
  }
  for (const turn of turns(folder).filter((turn) => turn <= last)) rmSync(fileOf(folder, turn), { force: true });
  return { end: () => end(own) };
}

/** If this fails, as on a full disk, the turn counts as abandoned once its process has ended: nothing is lost, and the first error is kept. */
function end(file: string): void {
  try {
    writeFileSync(file, ENDED);
  } catch {
    return;
  }
}

const ENDED = "ended";
const PREFIX = "start-";

const fileOf = (folder: string, turn: number): string => join(folder, `${PREFIX}${turn}`);

const turns = (folder: string): number[] =>
  readdirSync(folder).flatMap((name) => (/^start-\d+$/.test(name) ? [Number(name.slice(PREFIX.length))] : []));

const lastTurn = (folder: string): number => Math.max(0, ...turns(folder));

function isTaken(file: string, limit: number): boolean {
  try {
    const text = readFileSync(file, "utf8");
    if (text === ENDED || Date.now() - statSync(file).mtimeMs > limit) return false;
    // A file without a process id is being written.
    return text === "" || process.kill(Number(text), 0);
  } catch {
    return false;
  }
}
