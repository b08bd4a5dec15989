import type { Screen } from "../../../lib/cli/command";
import { widthOf } from "../../../lib/cli/text-width";

/** A terminal that knows just the sequences that the command line uses: up, erase below, erase line, colours. */
export class FakeScreen implements Screen {
  written = "";
  private lines: string[] = [""];
  private row = 0;

  constructor(
    private columns: number,
    private readonly height: number,
  ) {}

  readonly size = () => ({ columns: this.columns, rows: this.height });

  readonly write = (text: string): void => {
    this.written += text;
    for (const [part] of text.matchAll(/\x1b\[\d*[A-Za-z]|\r|\n|[^\x1b\r\n]+/g)) {
      const up = /^\x1b\[(\d*)A$/.exec(part);
      if (up) this.row = Math.max(0, this.row - Number(up[1] || 1));
      else if (part === "\x1b[J") this.lines = [...this.lines.slice(0, this.row), ""];
      else if (part === "\x1b[K") this.lines[this.row] = "";
      else if (part === "\n") this.lines[++this.row] ??= "";
      else if (part !== "\r" && !part.startsWith("\x1b")) this.put(part);
    }
  };

  /** The visible lines, without the empty line of the cursor. */
  get rows(): string[] {
    return this.lines.at(-1) === "" ? this.lines.slice(0, -1) : this.lines;
  }

  /** Lines that have become too long take more rows, as on a real terminal. */
  resize(columns: number): void {
    this.columns = columns;
    const before = this.lines.slice(0, -1);
    this.lines = [];
    for (const line of before) this.put(line, this.lines.length);
    this.lines.push("");
    this.row = this.lines.length - 1;
  }

  private put(text: string, row = this.row): void {
    let line = "";
    for (const character of text) {
      if (widthOf(line + character) > this.columns) {
        this.lines[row++] = line;
        line = "";
      }
      line += character;
    }
    this.lines[row] = line;
    this.row = row;
  }
}
