import { EcsError, InterruptedError, isEcs, UnresolvedStartError } from "../../lib/handler/errors";

describe("errors", () => {
  test("an ECS error names action, code, words and request, and keeps the words apart", () => {
    const error = new EcsError({
      kind: "cancel-failed",
      action: "CancelTask",
      code: "CancelTaskFailed",
      message: "no luck",
      requestId: "R-1",
      status: 403,
    });
    expect(error.message).toBe("CancelTask: CancelTaskFailed: no luck (request R-1)");
    expect(error).toMatchObject({ name: "EcsError", text: "no luck", status: 403 });
    expect(new EcsError({ kind: "invalid", action: "A", code: "C", message: "m" }).message).toBe("A: C: m");
  });

  test("isEcs tells kinds apart, and ECS's errors from all others", () => {
    const error = new EcsError({ kind: "throttled", action: "A", code: "C", message: "m" });
    expect([
      isEcs(error, "busy", "throttled"),
      isEcs(error, "busy"),
      isEcs(error),
      isEcs(new Error("throttled"), "throttled"),
      isEcs(undefined, "throttled"),
    ]).toEqual([true, false, false, false, false]);
  });

  test("an interrupt says whose it was", () => {
    expect(new InterruptedError().message).toBe("the run was interrupted");
    expect(new InterruptedError("orphaned").message).toBe("Terraform is gone");
  });

  test("an unresolved start keeps what ECS said last", () => {
    const cause = new Error("timeout");
    expect(new UnresolvedStartError("not known", cause).cause).toBe(cause);
  });
});
