import { readFileSync, readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { seedLockFile } from "../../lib/private/lock-file";
import { temporaryFolder } from "./fake-package";

const OWN = { source: "registry.terraform.io/alicloud-image-tasks/imagetask", version: "0.0.5", hashes: ["h1:own="] };

test("the lock file is written, and no temporary file stays beside it", () => {
  const dir = temporaryFolder();
  seedLockFile(dir, OWN, []);
  expect(readFileSync(join(dir, ".terraform.lock.hcl"), "utf8")).toContain('"h1:own="');
  expect(readdirSync(dir)).toEqual([".terraform.lock.hcl"]);
});

test("a lock file that is up to date is not written again", () => {
  const dir = temporaryFolder();
  const file = join(dir, ".terraform.lock.hcl");
  seedLockFile(dir, OWN, []);
  utimesSync(file, 1, 1);
  seedLockFile(dir, OWN, []);
  expect(statSync(file).mtimeMs).toBe(1000);
});
