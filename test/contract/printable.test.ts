import fc from "fast-check";
import { oneLine, printable } from "../../lib/contract/printable";
import { cpuTime } from "../support/waiting/cpu-time";

const HARMFUL = [
  "\u001b",
  "\u0007",
  "\u009b",
  "\u202e",
  "\u2066",
  "\u200b",
  "\u2060",
  "\ufeff",
  "\u00ad",
  "\u{e0041}",
  "\ud800",
  "\u2028",
  "\u3164",
];

describe("a text from ECS or another program", () => {
  test.each(HARMFUL)("is printed without %j", (character) => {
    expect(printable(`a${character}b`)).toBe("ab");
    expect(oneLine(`a${character}b`)).toMatch(/^a ?b$/);
  });

  test("is printed with the letters of every script, with symbols and with line breaks", () => {
    for (const text of ["镜像 名称", "Größe: 5 µs", "a\n\tb", "😀", "naïve", ""]) expect(printable(text)).toBe(text);
    expect(printable("a\r\nb\rc")).toBe("a\nb\nc");
  });

  test("is put on one line, whatever line breaks it contains", () => {
    expect(oneLine(" a\r\n\n b\u0085c\u2029d\ve\ff ")).toBe("a b c d e f");
    expect(oneLine("x\nError: all is lost")).toBe("x Error: all is lost");
  });

  test("is shortened, but never within a character", () => {
    expect(oneLine("abcdef", 4)).toBe("abc…");
    expect(oneLine("😀😀😀", 2)).toBe("😀…");
    expect(oneLine("abcd", 4)).toBe("abcd");
  });

  test("never contains invisible characters, and takes less than half a second even if it is huge", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(oneLine(text))));
    const huge = "\u001b[2J \n".repeat(5_000_000);
    expect(cpuTime(() => expect([...oneLine(huge)].length).toBeLessThanOrEqual(500))).toBeLessThan(500);
  });
});
