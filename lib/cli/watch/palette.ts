/** The characters and colours of a terminal. */
export interface Palette {
  readonly full: string;
  readonly empty: string;
  readonly done: (text: string) => string;
  readonly failed: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Uses no colours if NO_COLOR is set, and only ASCII characters if the locale is not UTF-8. */
export function paletteOf(env: { readonly [name: string]: string | undefined }): Palette {
  const isColoured = !env["NO_COLOR"];
  const colour =
    (code: number) =>
    (text: string): string =>
      isColoured && text !== "" ? `\x1b[${code}m${text}\x1b[0m` : text;
  const isUnicode = /utf-?8/i.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "");
  return { full: isUnicode ? "█" : "#", empty: isUnicode ? "░" : "-", done: colour(32), failed: colour(31), dim: colour(2) };
}
