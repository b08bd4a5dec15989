import { UsageError } from "../../lib/cli/errors";
import { parseFlags } from "../../lib/cli/flags";

const FLAGS = { port: "value", set: "values", verbose: "switch" } as const;

describe("parseFlags", () => {
  test("reads --name value and --name=value, repeated values and switches", () => {
    expect(parseFlags(["--port", "80", "--set=a=1", "--set", "b=2", "--verbose"], FLAGS)).toEqual({
      port: "80",
      set: ["a=1", "b=2"],
      verbose: true,
    });
  });

  test("returns undefined, an empty list or false for flags that are not given", () => {
    expect(parseFlags([], FLAGS)).toEqual({ port: undefined, set: [], verbose: false });
  });

  test.each([
    [["--prt", "1"], "Unknown flag --prt. Did you mean --port? Flags: --port, --set, --verbose."],
    [["--colour"], "Unknown flag --colour. Flags: --port, --set, --verbose."],
    [["--constructor"], "Unknown flag --constructor. Flags: --port, --set, --verbose."],
    [["-p", "1"], "Unknown flag -p. Flags: --port, --set, --verbose."],
    [["80"], 'Unexpected argument "80". Flags: --port, --set, --verbose.'],
    [["--port"], "--port needs a value: --port=VALUE."],
    [["--port", "--verbose"], "--port needs a value: --port=VALUE."],
    [["--verbose=yes"], '--verbose takes no value, but "yes" was given.'],
  ])("refuses %j in one line", (args, message) => {
    expect(() => parseFlags(args, FLAGS)).toThrow(new UsageError(message));
  });

  test("accepts a value that begins with dashes in the form --name=value", () => {
    expect(parseFlags(["--port=--x"], FLAGS).port).toBe("--x");
  });
});
