import type { Screen } from "../cli/command";

/**
 * The process's stdout and stderr. Output that cannot be written is dropped and never stops the process: a cancel in progress must
 * continue even if nobody reads its lines any more or the disk is full.
 */
export class Output {
  /** Resolves when nobody reads stdout any more. */
  readonly unread: Promise<void>;
  private readonly lost = new Set<NodeJS.WriteStream>();
  private isIncomplete = false;

  constructor(
    private readonly stdout: NodeJS.WriteStream,
    private readonly stderr: NodeJS.WriteStream,
  ) {
    this.unread = new Promise((resolve) => {
      for (const stream of [stdout, stderr])
        stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
          if (this.lost.has(stream)) return;
          this.lost.add(stream);
          // A reader that closes the pipe early (`imagetask … | head`) is not an error.
          if (code === "EPIPE") return stream === stdout ? resolve() : undefined;
          this.isIncomplete = true;
          this.complain(`imagetask: the output is incomplete: ${message}`);
        });
    });
  }

  readonly print = (line: string): void => this.write(this.stdout, `${line}\n`);
  readonly complain = (line: string): void => this.write(this.stderr, `${line}\n`);

  /** Absent unless stdout is a terminal that can redraw. */
  screen(term: string | undefined): Screen | undefined {
    const { stdout } = this;
    if (!stdout.isTTY || term === "dumb") return undefined;
    // A terminal whose size was never set reports 0.
    return { write: (text) => this.write(stdout, text), size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }) };
  }

  /** Waits until everything is written. Returns the exit code: 1 instead of 0 if the output is incomplete. */
  async finish(exitCode: number): Promise<number> {
    for (const stream of [this.stdout, this.stderr])
      if (!this.lost.has(stream)) await new Promise<void>((resolve) => stream.write("", () => resolve()));
    return this.isIncomplete && exitCode === 0 ? 1 : exitCode;
  }

  private write(stream: NodeJS.WriteStream, text: string): void {
    if (!this.lost.has(stream)) stream.write(text);
  }
}
