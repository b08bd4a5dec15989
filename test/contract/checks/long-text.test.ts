import { PROVIDER_SCHEMA } from "../../../lib/contract/provider";
import { DATA_SOURCE_SCHEMAS, RESOURCE_SCHEMAS } from "../../../lib/contract/resources";
import { checkCompletion, checkCopy, checkExport, checkImport, checkProvider, checkTasks } from "../../../lib/contract/checks";
import type { Block } from "../../../lib/contract/schema";
import type { Value, ValueObject } from "../../../lib/contract/values";
import { parseOperationId } from "../../../lib/handler/task/operation";
import { toValue } from "../../../lib/plugin/codec/to-value";
import { cpuTime } from "../../support/waiting/cpu-time";

const LENGTH = 100_000;
/** Milliseconds. */
const LIMIT = 400;
const times = (text: string): string => text.repeat(Math.ceil(LENGTH / text.length));
/** Each of them matches some regular expression except for the end, so that an expression that backtracks takes very long. */
const TEXTS = [
  ..."1 a . - / : m _".split(" ").map((character) => times(character)),
  times(" "),
  times("1m"),
  times("1."),
  times("a-"),
  times("-1a"),
  times("acs:ram::1"),
  times("https://"),
  times("镜"),
  `${times("1")}x`,
  `${times("a-")}!`,
  `${times("a.")}:`,
  `cn-${times("a")}_`,
  `oss://${times("a")}!`,
  `acs:ram::1:role/${times("a")}!`,
  `windows server ${times("20")}`,
  `2026-01-01T00:00:00${times("0")}`,
];
const RULES: readonly (readonly [string, Block, (config: ValueObject) => unknown])[] = [
  ["the provider block", PROVIDER_SCHEMA.block, checkProvider],
  ["an import", RESOURCE_SCHEMAS.imagetask_import.block, checkImport],
  ["an export", RESOURCE_SCHEMAS.imagetask_export.block, checkExport],
  ["a copy", RESOURCE_SCHEMAS.imagetask_copy.block, checkCopy],
  ["a completion", RESOURCE_SCHEMAS.imagetask_completion.block, checkCompletion],
  ["a list of tasks", DATA_SOURCE_SCHEMAS.imagetask_tasks.block, checkTasks],
];

/** The block with the text as the value of everything. */
function filled({ attributes, blocks = {} }: Block, text: string): ValueObject {
  const value = (type: unknown): Value => {
    if (!Array.isArray(type)) return text;
    return type[0] === "map" ? { [text]: text, a: text } : [text];
  };
  return {
    ...Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, value(type)])),
    ...Object.fromEntries(
      Object.entries(blocks).map(([name, { nesting, block }]) => [name, nesting === "list" ? [filled(block, text)] : filled(block, text)]),
    ),
  };
}

describe("a text of a hundred thousand characters is checked within 400 ms", () => {
  test.each(RULES)("in %s", (_, block, check) => {
    for (const text of TEXTS) {
      const config = filled(block, text);
      expect(`${text.slice(0, 10)}…${text.slice(-3)}: ${cpuTime(() => check(config)) < LIMIT ? "fast" : "slow"}`).toMatch(/fast$/);
    }
  });

  test("as the id of an operation, and as a number", () => {
    for (const text of TEXTS) {
      expect(cpuTime(() => parseOperationId(`import:cn-hangzhou:${text}`))).toBeLessThan(LIMIT);
      const number = (): unknown => toValue(text, { kind: "number" });
      expect(
        cpuTime(() => {
          try {
            number();
          } catch {
            // The text is no number: only the time counts here.
          }
        }),
      ).toBeLessThan(LIMIT);
    }
  });
});
