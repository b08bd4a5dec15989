import type { Writable } from "node:stream";

type Pipe = Pick<Writable, "on" | "write">;

/**
 * Standard error, from which Terraform reads log lines. It is opened for the first line, because most runs write none, and opening it
 * would cost every start a millisecond.
 */
export class ErrorPipe {
  private stream: Pipe | undefined;

  /** @param onBroken called when nobody reads any more. Without this listener, the first line after Terraform's death would end the process */
  constructor(
    private readonly open: () => Pipe,
    private readonly onBroken: () => void,
  ) {}

  write(line: string): void {
    this.stream ??= this.open().on("error", this.onBroken);
    this.stream.write(line);
  }
}
