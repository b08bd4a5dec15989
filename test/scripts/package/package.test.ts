import { spawnSync } from "node:child_process";
import { ROOT } from "../support/load-script";

/** Packs with nothing on PATH. */
function pack(...languages: string[]) {
  return spawnSync(process.execPath, ["scripts/package.mjs", ...languages], { cwd: ROOT, encoding: "utf8", env: { PATH: "" } });
}

test("a tool that is missing is told in one line, before anything is made", () => {
  const { status, stdout, stderr } = pack("python", "go");
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toBe(
    "The Python package needs python3, 3.9 or later and with venv, on PATH. Install it, or name the packages that you want: npm run package -- js go\n",
  );
});

test("a language that there is no package for is told in one line, with those that there are", () => {
  expect(pack("rust").stderr).toBe("There is no package for rust; there are js, python, go, java, dotnet.\n");
});
