import { watchHost, type HostWatch } from "../../../lib/plugin/process/orphan";

describe("the watch over the host", () => {
  let parent: number;
  let gone: number;
  let probes: number;
  let watch: HostWatch;
  beforeEach(() => {
    jest.useFakeTimers();
    parent = 100;
    gone = 0;
    probes = 0;
    watch = watchHost({ parentId: () => parent, probe: () => probes++, onGone: () => gone++ });
  });
  afterEach(() => {
    watch.stop();
    jest.useRealTimers();
  });

  test("notices another parent within a quarter of a second, and says so once", () => {
    watch.connections(1);
    jest.advanceTimersByTime(60_000);
    expect(gone).toBe(0);
    parent = 1;
    jest.advanceTimersByTime(250);
    expect(gone).toBe(1);
    jest.advanceTimersByTime(60_000);
    expect(gone).toBe(1);
  });

  test("looks at once when the last connection closes", () => {
    watch.connections(1);
    parent = 1;
    watch.connections(0);
    expect(gone).toBe(1);
  });

  test("thinks nothing of a connection that closes while the parent lives and reads", () => {
    watch.connections(1);
    watch.connections(0);
    jest.advanceTimersByTime(24 * 60 * 60_000);
    expect(probes).toBe(1);
    expect(gone).toBe(0);
  });

  test("takes a closed connection and a broken pipe together for the end, whoever the parent is", () => {
    watch.connections(1);
    watch.connections(0);
    watch.pipeBroken();
    expect(gone).toBe(1);
  });

  test("thinks nothing of a broken pipe while a client is connected", () => {
    watch.connections(1);
    watch.pipeBroken();
    expect(gone).toBe(0);
  });

  test("gives up on a host that never connects", () => {
    jest.advanceTimersByTime(89_000);
    expect(gone).toBe(0);
    jest.advanceTimersByTime(1_000);
    expect(gone).toBe(1);
  });

  test("leaves the process free to end", () => {
    watch.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
