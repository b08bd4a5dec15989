import { Claims } from "../../../../lib/handler/task/start/claims";
import { aCopy, anExport, anImport } from "../../../support/handler/builders";

describe("the claims of a run", () => {
  test("hold an import or a copy by its image, and an export by its task", () => {
    const claims = new Claims();
    claims.claim(anImport());
    expect(claims.has(anImport({ taskId: null }))).toBe(true);
    expect(claims.has(aCopy())).toBe(true);
    expect(claims.has(anImport({ region: "cn-beijing" }))).toBe(false);
    expect(claims.has(anExport())).toBe(false);
    claims.claim(anExport());
    expect(claims.has(anExport({ taskId: "t-2" }))).toBe(false);
  });

  test("let work for one name run one after another, even after a failure, and other work in parallel", async () => {
    const claims = new Claims();
    const log: string[] = [];
    const work =
      (name: string, fails = false) =>
      async (): Promise<void> => {
        log.push(`${name} begins`);
        await Promise.resolve();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
      };
    const outcomes = await Promise.allSettled([
      claims.inTurn("a", work("a1", true)),
      claims.inTurn("a", work("a2")),
      claims.inTurn("b", work("b1")),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(log.indexOf("a2 begins")).toBeGreaterThan(log.indexOf("a1 ends"));
    expect(log.indexOf("b1 begins")).toBeLessThan(log.indexOf("a1 ends"));
  });
});
