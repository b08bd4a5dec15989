import { spawnSync } from "node:child_process";
import { ROOT } from "../support/load-script";

/** Runs the script with an empty PATH. */
function pack(...languages: string[]) {
  return spawnSync(process.execPath, ["scripts/package.mjs", ...languages], { cwd: ROOT, encoding: "utf8", env: { PATH: "" } });
}

test("if a tool is missing, packing says so in one line before it makes anything", () => {
  const { status, stdout, stderr } = pack("python", "go");
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toBe(
    "The Python package needs python3 3.9 or later, with venv, on PATH. Install it, or name the languages to pack: npm run package -- js go\n",
  );
});

test("if a language is unknown, packing says so in one line, with the known ones", () => {
  expect(pack("rust").stderr).toBe("There is no package for rust. Known languages: js, python, go, java, dotnet.\n");
});
