import type { Writable } from "node:stream";

/**
 * The standard error that Terraform reads log lines from. It is opened for the first line: most runs write none, and opening
 * it takes a millisecond of every start.
 */
export class ErrorPipe {
  private stream: Pick<Writable, "on" | "write"> | undefined;

  /** @param onBroken called when nobody reads any more; unheard, the first line after Terraform's death would be fatal */
  constructor(
    private readonly open: () => Pick<Writable, "on" | "write">,
    private readonly onBroken: () => void,
  ) {}

  write(line: string): void {
    this.stream ??= this.open().on("error", this.onBroken);
    this.stream.write(line);
  }
}
