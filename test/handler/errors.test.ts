import { EcsError, InterruptedError, isEcs, UnresolvedStartError } from "../../lib/handler/errors";

describe("the handler's errors", () => {
  test("an EcsError's message has the action, code, text and request id, and `text` is ECS's text alone", () => {
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

  test("isEcs is true only for an EcsError of one of the given kinds", () => {
    const error = new EcsError({ kind: "throttled", action: "A", code: "C", message: "m" });
    expect([
      isEcs(error, "busy", "throttled"),
      isEcs(error, "busy"),
      isEcs(error),
      isEcs(new Error("throttled"), "throttled"),
      isEcs(undefined, "throttled"),
    ]).toEqual([true, false, false, false, false]);
  });

  test("an InterruptedError says whether the run was interrupted or Terraform died", () => {
    expect(new InterruptedError().message).toBe("the run was interrupted");
    expect(new InterruptedError("orphaned").message).toBe("Terraform is gone");
  });

  test("an UnresolvedStartError has ECS's last error as its cause", () => {
    const cause = new Error("timeout");
    expect(new UnresolvedStartError("not known", cause).cause).toBe(cause);
  });
});
