import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownPackage } from "../../../lib/cli/init/own-package";

const NAME = "cdktf-alicloud-image-tasks";
let project: string;
let installed: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "own-package-"));
  installed = join(project, "node_modules", NAME);
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, "package.json"), JSON.stringify({ name: NAME }));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Writes the file in which npm records what it has installed. */
function resolved(from: string | undefined): void {
  const packages = { [`node_modules/${NAME}`]: { version: "0.1.0", resolved: from } };
  writeFileSync(join(project, "node_modules/.package-lock.json"), JSON.stringify({ packages }));
}

test("for a package that npm installed from a file, ownPackage gives the file", () => {
  writeFileSync(join(project, "tasks.tgz"), "");
  resolved("file:tasks.tgz");
  expect(ownPackage(installed)).toEqual({ name: NAME, file: join(project, "tasks.tgz") });
});

test.each([
  ["from a registry", "https://registry.npmjs.org/tasks.tgz"],
  ["from a registry that the lock file does not name", undefined],
  ["from a file that does not exist any more", "file:gone.tgz"],
  ["as a link to a folder", "file:.."],
])("for a package installed %s, ownPackage gives no file", (_, from) => {
  resolved(from);
  expect(ownPackage(installed)).toEqual({ name: NAME, file: undefined });
});

test("for a package that npm has not installed, ownPackage gives no file", () => {
  expect(ownPackage(installed)).toEqual({ name: NAME, file: undefined });
});
