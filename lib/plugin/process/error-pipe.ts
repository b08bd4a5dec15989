import type { Writable } from "node:stream";

type Pipe = Pick<Writable, "on" | "write">;

/**
 * The standard error, from which Terraform reads log lines. The first line opens it: most runs write none, and opening it
 * would cost every start a millisecond.
 */
export class ErrorPipe {
  private stream: Pipe | undefined;

  /** @param onBroken called when nobody reads any more. Without a listener, the first line after Terraform's death would end this process */
  constructor(
    private readonly open: () => Pipe,
    private readonly onBroken: () => void,
  ) {}

  write(line: string): void {
    this.stream ??= this.open().on("error", this.onBroken);
    this.stream.write(line);
  }
}
