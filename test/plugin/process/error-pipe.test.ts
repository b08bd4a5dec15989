import { PassThrough } from "node:stream";
import { ErrorPipe } from "../../../lib/plugin/process/error-pipe";

describe("standard error", () => {
  test("is opened once, for the first line", () => {
    const stream = new PassThrough();
    const open = jest.fn(() => stream);
    const pipe = new ErrorPipe(open, jest.fn());
    expect(open).not.toHaveBeenCalled();

    pipe.write("a\n");
    pipe.write("b\n");

    expect(open).toHaveBeenCalledTimes(1);
    expect(String(stream.read())).toBe("a\nb\n");
  });

  test("calls the handler each time it breaks, without an uncaught error", () => {
    const stream = new PassThrough();
    const broken = jest.fn();
    new ErrorPipe(() => stream, broken).write("a\n");

    for (let i = 0; i < 2; i++) stream.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));

    expect(broken).toHaveBeenCalledTimes(2);
  });
});
