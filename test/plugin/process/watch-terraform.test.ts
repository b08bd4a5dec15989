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

  test("notices within a quarter of a second that the process has another parent, and reports it once", () => {
    watch.connections(1);
    jest.advanceTimersByTime(60_000);
    expect(gone).toBe(0);
    parent = 1;
    jest.advanceTimersByTime(250);
    expect(gone).toBe(1);
    jest.advanceTimersByTime(60_000);
    expect(gone).toBe(1);
  });

  test("notices that the parent is dead although its id stays, as on Windows", () => {
    watch.connections(1);
    alive = false;
    jest.advanceTimersByTime(250);
    expect(gone).toBe(1);
  });

  test("checks the parent at once when the last connection closes", () => {
    watch.connections(1);
    parent = 1;
    watch.connections(0);
    expect(gone).toBe(1);
  });

  test("ignores a closed connection while the parent lives and reads the pipe", () => {
    watch.connections(1);
    watch.connections(0);
    jest.advanceTimersByTime(24 * 60 * 60_000);
    expect(probes).toBe(1);
    expect(gone).toBe(0);
  });

  test("takes a closed connection and a broken pipe for Terraform's death, even if the parent lives", () => {
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

  test("takes a Terraform that does not connect within 90 s for dead", () => {
    jest.advanceTimersByTime(89_000);
    expect(gone).toBe(0);
    jest.advanceTimersByTime(1_000);
    expect(gone).toBe(1);
  });

  test("leaves no timer after stop", () => {
    watch.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
