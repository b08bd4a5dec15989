import fc from "fast-check";
import { frame, MessageReader } from "../../../lib/plugin/grpc/framing";

/** Cuts a buffer at the given places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [0, ...[...places].map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end));
}

describe("framing", () => {
  it("gives back every message, however its bytes arrive", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(), { maxLength: 5 }), (message, places) => {
        const reader = new MessageReader(1_000);
        for (const chunk of cut(frame(message), places)) reader.push(chunk);
        expect(reader.finish()).toEqual(Buffer.from(message));
      }),
    );
  });

  it("refuses a message over the limit before all of it has arrived", () => {
    const reader = new MessageReader(10);
    reader.push(Buffer.alloc(15));
    expect(() => reader.push(Buffer.alloc(1))).toThrow("larger than 10 bytes");
  });

  it.each([
    ["nothing", []],
    ["half a prefix", [0, 0]],
    ["less than was announced", [0, 0, 0, 0, 2, 1]],
    ["more than was announced", [0, 0, 0, 0, 1, 1, 1]],
    ["a compressed message", [1, 0, 0, 0, 0]],
  ])("refuses %s", (_what, bytes) => {
    const reader = new MessageReader(10);
    reader.push(Buffer.from(bytes));
    expect(() => reader.finish()).toThrow(/request/);
  });
});
