import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planNote } from "../../lib/handler/plan-note";
import { Ownership, type PlanNote } from "../../lib/handler/task/start/ownership";
import { anExport, anImport } from "../support/handler/builders";

const DAY = 24 * 60 * 60_000;

describe("the note that the plan leaves for the apply", () => {
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

  test("names the operations that the state owns, by image or task, whatever else of them changes", () => {
    planned(1, owned, anExport({ taskId: "t-owned" }));
    const applying = new Ownership(noteOf(1));
    expect(applying.isKnown).toBe(true);
    expect(applying.has({ ...owned, taskId: "t-2", startedAt: 0 })).toBe(true);
    expect(applying.has(anExport({ taskId: "t-owned" }))).toBe(true);
    expect(applying.has(anExport({ taskId: "t-other" }))).toBe(false);
    expect(applying.has(anImport())).toBe(false);
  });

  test("contains the entries of all providers of one plan, and none of another plan", () => {
    planned(1, owned);
    planned(1, anImport({ imageId: "m-of-the-alias" }));
    expect(noteOf(1).read()).toEqual(["cn-hangzhou/m-owned", "cn-hangzhou/m-of-the-alias"]);
    planned(2, null);
    expect(noteOf(2).read()).toEqual([]);
  });

  test("is valid for a day for the other Terraform process that applies a saved plan", () => {
    planned(1, owned);
    now += DAY;
    expect(noteOf(2).read()).toEqual(["cn-hangzhou/m-owned"]);
    now += 1;
    expect(noteOf(2).read()).toBeNull();
    expect(noteOf(1).read()).toEqual(["cn-hangzhou/m-owned"]);
  });

  test("keeps what a saved plan owns if other plans follow before its apply, and drops it after a day", () => {
    planned(1, owned);
    planned(2, anImport({ imageId: "m-target" }));
    planned(3, null);
    expect(noteOf(4).read()).toEqual(["cn-hangzhou/m-owned", "cn-hangzhou/m-target"]);
    now += DAY + 1;
    planned(5, null);
    expect(noteOf(6).read()).toEqual([]);
    expect(readFileSync(join(folder, "imagetask-plan.jsonl"), "utf8")).not.toContain("m-owned");
  });

  test("is removed by a plan that cannot write it, so that the apply does not use an older one", () => {
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

  test("is read although its file contains foreign or incomplete lines", () => {
    const file = join(folder, "imagetask-plan.jsonl");
    writeFileSync(file, 'null\n[]\n{"owned":1}\n{torn\n');
    planned(1, owned);
    expect(noteOf(1).read()).toEqual(["cn-hangzhou/m-owned"]);
  });

  test("is unchanged by a process that applies or plans nothing", () => {
    planned(1, owned);
    const applying = new Ownership(noteOf(1));
    applying.see(null);
    applying.applies();
    applying.leaveNote();
    new Ownership(noteOf(2)).leaveNote();
    expect(noteOf(1).read()).toEqual(["cn-hangzhou/m-owned"]);
  });

  test("is unknown if it is missing, broken or of another machine, and no plan fails because of it", () => {
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
