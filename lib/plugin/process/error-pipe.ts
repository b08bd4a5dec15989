import type { Writable } from "node:stream";

type Pipe = Pick<Writable, "on" | "write">;

/**
 * The standard error that Terraform reads log lines from. It is opened for the first line: most runs write none, and opening
 * it takes a millisecond of every start.
 */
export class ErrorPipe {
  private stream: Pipe | undefined;

  /** @param onBroken called when nobody reads any more; unheard, the first line after Terraform's death would be fatal */
  constructor(
    private readonly open: () => Pipe,
    private readonly onBroken: () => void,
  ) {}

  write(line: string): void {
    this.stream ??= this.open().on("error", this.onBroken);
    this.stream.write(line);
  }
}
