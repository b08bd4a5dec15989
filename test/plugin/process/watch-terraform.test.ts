import { watchTerraform, type TerraformWatch } from "../../../lib/plugin/process/watch-terraform";

describe("the watch over Terraform", () => {
  let parent: number;
  let gone: number;
  let probes: number;
  let alive: boolean;
  let watch: TerraformWatch;
  beforeEach(() => {
    jest.useFakeTimers();
    parent = 100;
    gone = 0;
    probes = 0;
    alive = true;
    watch = watchTerraform({ parentId: () => parent, isAlive: () => alive, probe: () => probes++, onGone: () => gone++ });
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

  test("notices that the parent is dead where its id stays, as on Windows", () => {
    watch.connections(1);
    alive = false;
    jest.advanceTimersByTime(250);
    expect(gone).toBe(1);
  });

  test("checks at once when the last connection closes", () => {
    watch.connections(1);
    parent = 1;
    watch.connections(0);
    expect(gone).toBe(1);
  });

  test("ignores a connection that closes while the parent lives and reads", () => {
    watch.connections(1);
    watch.connections(0);
    jest.advanceTimersByTime(24 * 60 * 60_000);
    expect(probes).toBe(1);
    expect(gone).toBe(0);
  });

  test("takes a closed connection together with a broken pipe for Terraform's death, whoever the parent is", () => {
    watch.connections(1);
    watch.connections(0);
    watch.pipeBroken();
    expect(gone).toBe(1);
  });

  test("ignores a broken pipe while a client is connected", () => {
    watch.connections(1);
    watch.pipeBroken();
    expect(gone).toBe(0);
  });

  test("gives up on a Terraform that never connects", () => {
    jest.advanceTimersByTime(89_000);
    expect(gone).toBe(0);
    jest.advanceTimersByTime(1_000);
    expect(gone).toBe(1);
  });

  test("stops without a timer that would keep the process alive", () => {
    watch.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
