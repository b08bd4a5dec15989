import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultBehaviour } from "../../../lib/emulator";
import { patchBehaviour } from "../../../lib/emulator/switches/behaviour-patch";

const SWITCHES = Object.entries(defaultBehaviour()).flatMap(([group, values]) =>
  Object.entries(values as object).map(([name, value]) => [`${group}.${name}`, value as unknown] as const),
);

const DOCUMENT = readFileSync(join(__dirname, "../../../lib/emulator/behaviour.md"), "utf8");

const patch = (path: string, value: unknown) => {
  const [group, name] = path.split(".");
  return { [group!]: { [name!]: value } };
};

test.each(SWITCHES)("%s is explained in behaviour.md, and accepts its own default", (path, value) => {
  expect(DOCUMENT).toContain(path);
  const behaviour = defaultBehaviour();
  patchBehaviour(behaviour, patch(path, value));
  expect(behaviour).toEqual(defaultBehaviour());
});

test.each(SWITCHES)("%s refuses an invalid value and says what is allowed", (path) => {
  for (const nonsense of ["nonsense", -1, {}, undefined]) {
    expect(() => patchBehaviour(defaultBehaviour(), patch(path, nonsense))).toThrow(new RegExp(`The switch ${path} is .*Allowed: `));
  }
});

test("behaviour.md names only switches that exist", () => {
  const groups = Object.keys(defaultBehaviour()).join("|");
  const named = [...DOCUMENT.matchAll(new RegExp(`\`((?:${groups})\\.[a-zA-Z]+)`, "g"))].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(20);
  for (const path of named) expect(SWITCHES.map(([known]) => known)).toContain(path);
});

test.each(["toString.length", "image.toString"])("%s is an unknown switch, although every object has a toString", (path) => {
  expect(() => patchBehaviour(defaultBehaviour(), patch(path, 5))).toThrow(/^There is no (group of switches|switch) called/);
});

test("a patch with one invalid value changes nothing", () => {
  const behaviour = defaultBehaviour();
  expect(() => patchBehaviour(behaviour, { image: { deleteDelay: 1, quota: -5 } })).toThrow("image.quota");
  expect(behaviour).toEqual(defaultBehaviour());
});
