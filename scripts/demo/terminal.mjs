/** Writes the demo's output: with colours and progress on a terminal, without colours and with progress every five seconds in a log. */
export class Terminal {
  #stream;
  #live;
  #pending = false;
  #lastPlain = 0;

  /**
   * @param {NodeJS.WriteStream} stream
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(stream, env) {
    this.#stream = stream;
    this.#live = stream.isTTY === true && env.TERM !== "dumb";
    this.colours = this.#live && !env.NO_COLOR;
  }

  line(text = "") {
    this.#clear();
    this.#stream.write(`${text}\n`);
    this.#lastPlain = Date.now();
  }

  /**
   * Shows what the demo is waiting for. The next line replaces this one.
   *
   * @param {string} text
   */
  progress(text) {
    if (this.#live) {
      this.#clear();
      this.#stream.write(this.dim(text.slice(0, (this.#stream.columns ?? 80) - 1)));
      this.#pending = true;
    } else if (Date.now() - this.#lastPlain >= 5_000) this.line(text);
  }

  /** @param {string} text */
  bold(text) {
    return this.#paint(1, text);
  }
  /** @param {string} text */
  dim(text) {
    return this.#paint(2, text);
  }
  /** @param {string} text */
  red(text) {
    return this.#paint(31, text);
  }
  /** @param {string} text */
  green(text) {
    return this.#paint(32, text);
  }
  /** @param {string} text */
  cyan(text) {
    return this.#paint(36, text);
  }

  /**
   * @param {number} code
   * @param {string} text
   */
  #paint(code, text) {
    return this.colours ? `\x1b[${code}m${text}\x1b[0m` : text;
  }

  #clear() {
    if (this.#pending) this.#stream.write("\r\x1b[2K");
    this.#pending = false;
  }
}
