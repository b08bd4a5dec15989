import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planNote } from "../../lib/handler/plan-note";
import { Ownership, type PlanNote } from "../../lib/handler/task/start/ownership";
import { anExport, anImport } from "../support/handler/builders";

const DAY = 24 * 60 * 60_000;

describe("what the process that planned leaves for the one that applies", () => {
  let folder: string;
  let now: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "note-"));
    now = 1_000_000;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const noteOf = (terraform: number): PlanNote => planNote({ folder, clock: { date: () => now }, terraform });
  const planned = (terraform: number, ...operations: Parameters<Ownership["see"]>[0][]): void => {
    const ownership = new Ownership(noteOf(terraform));
    operations.forEach((operation) => ownership.see(operation));
    ownership.leaveNote();
  };
  const owned = anImport({ imageId: "m-owned" });

  test("tells what the state owns, whatever else of it has changed", () => {
    planned(1, owned, anExport({ taskId: "t-owned" }));
    const applying = new Ownership(noteOf(1));
    expect(applying.isKnown).toBe(true);
    expect(applying.has({ ...owned, taskId: "t-2", startedAt: 0 })).toBe(true);
    expect(applying.has(anExport({ taskId: "t-owned" }))).toBe(true);
    expect(applying.has(anExport({ taskId: "t-other" }))).toBe(false);
    expect(applying.has(anImport())).toBe(false);
  });

  test("the providers of one plan each add theirs; another plan starts afresh", () => {
    planned(1, owned);
    planned(1, anImport({ imageId: "m-of-the-alias" }));
    expect(noteOf(1).read()).toEqual(["cn-hangzhou/m-owned", "cn-hangzhou/m-of-the-alias"]);
    planned(2, null);
    expect(noteOf(2).read()).toEqual([]);
  });

  test("a saved plan is applied by another Terraform, within a day", () => {
    planned(1, owned);
    now += DAY;
    expect(noteOf(2).read()).toEqual(["cn-hangzhou/m-owned"]);
    now += 1;
    expect(noteOf(2).read()).toBeNull();
    expect(noteOf(1).read()).toEqual(["cn-hangzhou/m-owned"]);
  });

  test("a saved plan may be followed by others before it is applied: of other targets, or of another workspace", () => {
    planned(1, owned);
    planned(2, anImport({ imageId: "m-target" }));
    planned(3, null);
    expect(noteOf(4).read()).toEqual(["cn-hangzhou/m-owned", "cn-hangzhou/m-target"]);
    now += DAY + 1;
    planned(5, null);
    expect(noteOf(6).read()).toEqual([]);
    expect(readFileSync(join(folder, "imagetask-plan.jsonl"), "utf8")).not.toContain("m-owned");
  });

  test("a plan that cannot write its note leaves none, so that an older one does not pass for it", () => {
    planned(1, owned);
    const file = join(folder, "imagetask-plan.jsonl");
    const append = jest.spyOn(fs, "appendFileSync").mockImplementation(() => {
      throw new Error("ENOSPC");
    });
    planned(2, null);
    append.mockRestore();
    expect(noteOf(2).read()).toBeNull();
    expect(fs.existsSync(file)).toBe(false);
    planned(1, owned);
    const access = jest.spyOn(fs, "accessSync").mockImplementation(() => {
      throw new Error("EACCES");
    });
    expect(noteOf(2).read()).toBeNull();
    expect(noteOf(1).read()).toEqual(["cn-hangzhou/m-owned"]);
    access.mockRestore();
  });

  test("lines that are none of ours do not hide those that are", () => {
    const file = join(folder, "imagetask-plan.jsonl");
    writeFileSync(file, 'null\n[]\n{"owned":1}\n{torn\n');
    planned(1, owned);
    expect(noteOf(1).read()).toEqual(["cn-hangzhou/m-owned"]);
  });

  test("a process that applies, or plans nothing, leaves the note as it is", () => {
    planned(1, owned);
    const applying = new Ownership(noteOf(1));
    applying.see(null);
    applying.applies();
    applying.leaveNote();
    new Ownership(noteOf(2)).leaveNote();
    expect(noteOf(1).read()).toEqual(["cn-hangzhou/m-owned"]);
  });

  test("without a note, or with one of another machine or a broken one, nothing is known and nothing fails", () => {
    expect(noteOf(1).read()).toBeNull();
    planned(1, owned);
    const file = join(folder, "imagetask-plan.jsonl");
    writeFileSync(file, readFileSync(file, "utf8").replace(/"host":"[^"]*"/, '"host":"elsewhere"'));
    expect(noteOf(1).read()).toBeNull();
    writeFileSync(file, "{broken");
    expect(new Ownership(noteOf(1)).isKnown).toBe(false);
    rmSync(folder, { recursive: true });
    expect(() => planned(1, owned)).not.toThrow();
  });
});
