import { CallFeed } from "../../lib/cli/call-feed";
import type { CallRecord } from "../../lib/emulator";

const call = (requestId: string): CallRecord => ({
  at: 0,
  action: "DescribeTasks",
  region: "",
  params: {},
  outcome: { status: 200, effect: true },
  requestId,
  signature: "RPC",
});

describe("CallFeed", () => {
  test("returns every call once, also when the log has dropped its oldest ones", () => {
    let log = [call("1"), call("2")];
    const feed = new CallFeed(() => log);
    const next = (): string[] => feed.next().map(({ requestId }) => requestId);

    expect(next()).toEqual(["1", "2"]);
    expect(next()).toEqual([]);
    log = [...log.slice(1), call("3")];
    expect(next()).toEqual(["3"]);
    log = [];
    expect(next()).toEqual([]);
    log = [call("4")];
    expect(next()).toEqual(["4"]);
  });
});
