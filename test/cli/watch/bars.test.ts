import * as engine from "../../../lib/operations";
import { bars } from "../../../lib/cli/watch/bars";
import { paletteOf } from "../../../lib/cli/watch/palette";
import { widthOf } from "../../../lib/cli/text-width";
import { FakeScreen } from "../support/fake-screen";

const listed = (name: string | null, taskId: string): engine.ListedOperation => ({
  operation: { kind: "import", region: "cn-hangzhou", taskId, imageId: `m-${taskId}`, startedAt: 0 },
  name,
  status: "Processing",
  state: "running",
  progress: null,
  startedAt: 0,
  isOurs: true,
  startKey: null,
  stack: null,
  run: null,
  expiresAt: null,
});
const at = (percent: number | undefined, minutes: number): engine.Progress => engine.progressOf("Processing", percent, minutes * 60_000);

function watching(
  screen: FakeScreen,
  watched: engine.ListedOperation[],
  env: { [name: string]: string } = { LANG: "C.UTF-8", NO_COLOR: "1" },
) {
  let time = 0;
  let redraw = (): void => undefined;
  const every = (_: number, draw: () => void) => {
    redraw = draw;
    return () => (redraw = () => undefined);
  };
  const view = bars(engine, watched, { screen, palette: paletteOf(env), now: () => time, every });
  const pass = (ms: number): void => {
    time += ms;
    redraw();
  };
  return { view, pass };
}

describe("imagetask watch on a terminal", () => {
  test("draws a bar for each operation, redraws it in place, and replaces it by a line above the bars when the operation ends", () => {
    const screen = new FakeScreen(80, 24);
    const [web, db] = [listed("web", "t-1"), listed("db", "t-2")];
    const { view, pass } = watching(screen, [web, db]);
    view.progress(web, at(50, 10));
    view.progress(db, at(undefined, 1));
    expect(screen.rows).toEqual([
      `import web t-1 ${"█".repeat(19)}${"░".repeat(19)}  50%  10m, 10m left`,
      expect.stringMatching(/^import db t-2 {2}░+ +\?% {2}1m, Processing$/),
    ]);
    pass(120_000);
    expect(screen.rows[0]).toMatch(/ 50% {2}12m, 8m left$/);
    view.ended(web, { status: "Finished", isSuccess: true });
    expect(screen.rows).toEqual([
      "import t-1 of web (image m-t-1, cn-hangzhou) has ended: Finished",
      expect.stringContaining("import db t-2"),
    ]);
    view.note("imagetask: watch: no answer");
    view.lost(db, "Forbidden");
    view.close();
    pass(1_000);
    expect(screen.rows).toEqual([
      "import t-1 of web (image m-t-1, cn-hangzhou) has ended: Finished",
      "imagetask: watch: no answer",
      expect.stringMatching(/^import t-2 of db .* can no longer be watched/),
      expect.stringMatching(/: Forbidden$/),
    ]);
  });

  test.each([200, 80, 60, 40, 20, 8])("keeps within %i columns, also with Chinese and with long names", (columns) => {
    const screen = new FakeScreen(columns, 24);
    const watched = ["测试镜像".repeat(20), "a".repeat(128), "x"].map((name, i) => listed(name, `t-bp1${"0".repeat(16)}${i}`));
    const { view } = watching(screen, watched);
    for (const one of watched) view.progress(one, at(42, 300));
    expect(screen.rows).toHaveLength(3);
    for (const row of screen.rows) expect(widthOf(row)).toBeLessThan(columns);
    for (const row of screen.rows) expect(row).toContain("42%");
  });

  test("shows times in minutes, as neither ECS nor the forecast knows seconds", () => {
    const screen = new FakeScreen(80, 24);
    const web = listed("web", "t-1");
    const { view, pass } = watching(screen, [web]);
    view.progress(web, at(50, 0.5));
    expect(screen.rows[0]).toMatch(/ 50% {2}<1m, <1m left$/);
    pass(40_000);
    expect(screen.rows[0]).toMatch(/ 50% {2}1m, <1m left$/);
  });

  test("shows how many operations have no row, and is redrawn in place after the terminal became narrower", () => {
    const screen = new FakeScreen(100, 6);
    const watched = Array.from({ length: 9 }, (_, i) => listed("some-image-name", `t-${i}`));
    const { view, pass } = watching(screen, watched);
    for (const one of watched) view.progress(one, at(10, 1));
    expect(screen.rows).toHaveLength(4);
    expect(screen.rows[3]).toBe("and 6 more");
    screen.resize(40);
    pass(1_000);
    expect(screen.rows).toHaveLength(4);
  });

  test("has colours unless NO_COLOR is set, and ASCII characters if the locale is not UTF-8", () => {
    const drawn = (env: { [name: string]: string }): string => {
      const screen = new FakeScreen(80, 24);
      const web = listed("web", "t-1");
      watching(screen, [web], env).view.progress(web, at(50, 10));
      return screen.written;
    };
    expect(drawn({ LANG: "en_US.UTF-8" })).toContain("\x1b[32m█");
    expect(drawn({ LANG: "en_US.UTF-8", NO_COLOR: "1" })).not.toMatch(/\x1b\[\d*m/);
    expect(drawn({ LANG: "en_US.UTF-8", NO_COLOR: "" })).toContain("\x1b[32m");
    expect(drawn({ NO_COLOR: "1" })).toContain("###");
  });
});
