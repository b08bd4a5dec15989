import { readdirSync, readFileSync, statSync } from "node:fs";
import { connect as connectHttp2, type ClientHttp2Session } from "node:http2";
import { createConnection } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { EcsEmulator } from "../../../lib/emulator";
import { letTasksEnd, SECRET_KEY, until, untilWaitedFor, withBench } from "../../support/e2e/bench";
import { importing, providerBlock } from "../../support/e2e/hcl";

describe("the plugin's socket, while Terraform applies", () => {
  test("is in a directory of mode 0700, refuses connections without Terraform's certificate, and the plugin goes on working", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      const apply = tf.start(["apply", "-auto-approve", "-input=false"]);
      await untilWaitedFor(ecs, apply.output);
      const directories = readdirSync(tf.temporary).filter((name) => /^imagetask-\w{6}$/.test(name));
      expect(directories.length).toBeGreaterThan(0);
      for (const name of directories) expect(statSync(join(tf.temporary, name)).mode & 0o777).toBe(0o700);
      const socket = join(tf.temporary, directories.at(-1)!, "s");

      await expect(callOver(connectHttp2("http://localhost", { createConnection: () => createConnection(socket) }))).rejects.toThrow();
      await expect(
        callOver(
          connectHttp2("https://localhost", {
            createConnection: () => connectTls({ path: socket, rejectUnauthorized: false, ALPNProtocols: ["h2"] }),
          }),
        ),
      ).rejects.toThrow();

      letTasksEnd(ecs);
      expect((await apply.done).code).toBe(0);
    }));
});

describe("the secret key", () => {
  test("is not in output, log or state after Terraform is killed during an apply and the plugin cancels alone", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      const log = join(tf.folder, "trace.log");
      const apply = tf.start(["apply", "-auto-approve", "-input=false"], { env: { TF_LOG: "trace", TF_LOG_PATH: log } });
      await untilWaitedFor(ecs, apply.output);
      apply.signal("SIGKILL", "process");
      await apply.done;
      await until("the plugin to end", () => tf.plugins().length === 0);
      expect(ecs.running).toEqual([]);
      const texts = [apply.output(), readFileSync(log, "utf8"), JSON.stringify(tf.state())];
      expect(texts[1]!.length).toBeGreaterThan(1_000);
      for (const text of texts) expect(text.includes(SECRET_KEY)).toBe(false);
    }));
});

describe("the emulator", () => {
  test.each(["0.0.0.0", "::", "example.com", "192.168.0.1"])(
    "refuses to listen on %s, where other machines could reach it",
    async (host) => {
      const ecs = new EcsEmulator({ host });
      await expect(ecs.start()).rejects.toThrow(/would let other machines reach the emulator.*127\.0\.0\.1/);
    },
  );

  test("cannot be reached at this machine's other addresses", async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === "IPv4");
    const ecs = new EcsEmulator();
    await ecs.start();
    try {
      const port = Number(ecs.endpoint.split(":")[1]);
      const reached = (host: string): Promise<boolean> =>
        new Promise((resolve) => {
          const socket = createConnection({ host, port });
          socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
          socket.once("connect", () => socket.destroy());
        });
      expect(await reached("127.0.0.1")).toBe(true);
      if (outside) expect(await reached(outside.address)).toBe(false);
    } finally {
      await ecs.stop();
    }
  });
});

/** Calls GetProviderSchema, as anybody could who gets a connection. */
function callOver(session: ClientHttp2Session): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    session.once("error", reject);
    session.once("close", () => reject(new Error("the connection was closed")));
    const stream = session.request({
      ":method": "POST",
      ":path": "/tfplugin6.Provider/GetProviderSchema",
      "content-type": "application/grpc",
      te: "trailers",
    });
    stream.once("error", reject);
    stream.once("response", (headers) => resolve(Number(headers[":status"])));
    stream.end(Buffer.alloc(5));
  }).finally(() => session.destroy());
}
