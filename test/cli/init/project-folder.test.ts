import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkEmpty, projectName, writeProject } from "../../../lib/cli/init/project-folder";

const folder = mkdtempSync(join(tmpdir(), "project-folder-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["demo", "demo"],
  ["/srv/Web Images/", "web-images"],
  ["_x_", "x"],
  ["镜像", "images"],
  ["node_modules", "images"],
])("a project in %s has the name %s", (dir, name) => {
  expect(projectName(dir)).toBe(name);
});

test("a folder with several files is refused with the name of the first and the number of the others", () => {
  for (const name of ["b", "a", "c"]) writeFileSync(join(folder, name), "");
  expect(() => checkEmpty(folder)).toThrow(/is not empty: it contains a and 2 more\./);
});

test("a file that was created in the meantime is not overwritten", () => {
  writeFileSync(join(folder, "README.md"), "mine");
  expect(() => writeProject(folder, { "README.md": "theirs" }, undefined)).toThrow(/The project can't be written: EEXIST/);
  expect(readFileSync(join(folder, "README.md"), "utf8")).toBe("mine");
});
