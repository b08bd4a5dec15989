import { connect } from "node:net";
import { credentials, status } from "@grpc/grpc-js";
import { createCertificate } from "../../../lib/x509/certificate";
import { GrpcServer } from "../../../lib/plugin/transport/grpc-server";
import type { GrpcMethod } from "../../../lib/plugin/transport/grpc-service";
import { createSocketPlace, type SocketPlace } from "../../../lib/plugin/transport/socket";
import { PluginClient } from "../../support/plugin/grpc";

const log = { log: (): void => {} };
const echo: GrpcMethod = { kind: "unary", path: "/test/Echo", call: async (message) => message };

describe("the gRPC server", () => {
  let place: SocketPlace;
  let server: GrpcServer | undefined;
  let client: PluginClient | undefined;
  beforeEach(() => (place = createSocketPlace("imagetask")));
  afterEach(async () => {
    client?.close();
    await server?.close();
    place.remove();
  });

  const listen = async (methods: GrpcMethod[], options: Partial<ConstructorParameters<typeof GrpcServer>[0]> = {}): Promise<void> => {
    server = new GrpcServer({ service: async () => ({ methods, library: () => import("@grpc/grpc-js") }), log, ...options });
    await server.listen({ path: place.path });
  };

  test.each([0, 1, 16_384, 3_000_000])("answers a message of %d bytes", async (size) => {
    await listen([echo]);
    client = new PluginClient(place.path);
    const message = Buffer.alloc(size, 7);
    expect((await client.raw("/test/Echo", message)).equals(message)).toBe(true);
  });

  test("loads its methods and gRPC once, when the first client needs them", async () => {
    const service = jest.fn(async () => ({ methods: [echo], library: () => import("@grpc/grpc-js") }));
    await listen([], { service });
    expect(service).not.toHaveBeenCalled();
    client = new PluginClient(place.path);
    await client.raw("/test/Echo", Buffer.alloc(0));
    await server!.prepare();
    expect(service).toHaveBeenCalledTimes(1);
  });

  test("answers each call with the reason if its methods cannot be loaded", async () => {
    const refused: string[] = [];
    const service = jest.fn(() => Promise.reject(new Error("/provider.js: 50 % 坏\n")));
    await listen([], { service, onRefused: (path) => refused.push(path) });
    await server!.prepare();
    client = new PluginClient(place.path);
    const answers = [client.raw("/test/Echo", Buffer.alloc(9)), client.raw("/test/Other", Buffer.alloc(0))];
    for (const answer of answers) {
      await expect(answer).rejects.toMatchObject({ code: status.INTERNAL, details: "/provider.js: 50 % 坏\n" });
    }
    expect([refused, service.mock.calls.length]).toEqual([["/test/Echo", "/test/Other"], 1]);
  });

  test("answers concurrent calls, each as soon as it is ready", async () => {
    const waiting: (() => void)[] = [];
    await listen([
      echo,
      { kind: "unary", path: "/test/Wait", call: (message) => new Promise((resolve) => waiting.push(() => resolve(message))) },
    ]);
    client = new PluginClient(place.path);
    const slow = [1, 2, 3].map((n) => client!.raw("/test/Wait", Buffer.from([n])));
    await client.raw("/test/Echo", Buffer.alloc(0));
    while (waiting.length < 3) await client.raw("/test/Echo", Buffer.alloc(0));
    for (const answer of waiting.reverse()) answer();
    expect((await Promise.all(slow)).map(([n]) => n)).toEqual([1, 2, 3]);
  });

  test("answers UNIMPLEMENTED to an unknown method", async () => {
    await listen([echo]);
    client = new PluginClient(place.path);
    await expect(client.raw("/test/Other", Buffer.alloc(9))).rejects.toMatchObject({
      code: status.UNIMPLEMENTED,
      details: expect.stringContaining("/test/Other"),
    });
  });

  test("answers INTERNAL with the message of an exception, in any script", async () => {
    const call = async (): Promise<never> => {
      throw new Error("100 % 镜像\n");
    };
    await listen([{ kind: "unary", path: "/test/Fail", call }]);
    client = new PluginClient(place.path);
    await expect(client.raw("/test/Fail", Buffer.alloc(0))).rejects.toMatchObject({ code: status.INTERNAL, details: "100 % 镜像\n" });
  });

  test("keeps a silent stream open until the server closes", async () => {
    await listen([echo, { kind: "silent", path: "/test/Silent" }]);
    client = new PluginClient(place.path);
    const stream = client.stream("/test/Silent");
    let ended = false;
    void stream.ended.then(() => (ended = true));
    await client.raw("/test/Echo", Buffer.alloc(0));
    expect(ended).toBe(false);

    await server!.close();

    expect(await stream.ended).toEqual([]);
  });

  test("sends the answer of a running call before it closes", async () => {
    let answer: () => void = () => {};
    const asked = new Promise<void>((seen) => {
      void listen([
        { kind: "unary", path: "/test/Wait", call: (message) => new Promise((resolve) => ((answer = () => resolve(message)), seen())) },
      ]).then(() => {
        client = new PluginClient(place.path);
        pending = client.raw("/test/Wait", Buffer.from("x"));
      });
    });
    let pending: Promise<Buffer> | undefined;
    await asked;
    const closed = server!.close();
    answer();
    expect((await pending!).toString()).toBe("x");
    await closed;
  });

  test("reports the number of clients, and each call with its end", async () => {
    const seen: unknown[] = [];
    await listen([echo], {
      onConnections: (count) => seen.push(count),
      onCall: (path) => {
        seen.push(path);
        return () => seen.push("ended");
      },
    });
    client = new PluginClient(place.path);
    await client.raw("/test/Echo", Buffer.alloc(0));
    client.close();
    while (seen.at(-1) !== 0) await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([1, "/test/Echo", "ended", 0]);
  });

  describe("with TLS", () => {
    const own = createCertificate(new Date());
    const terraform = createCertificate(new Date());
    const stranger = createCertificate(new Date());
    const tls = { ...own, clientCertificate: terraform.certificate };
    const client = (trusted: string, identity?: { key: string; certificate: string }): PluginClient =>
      new PluginClient(
        place.path,
        credentials.createSsl(
          Buffer.from(trusted),
          identity ? Buffer.from(identity.key) : null,
          identity ? Buffer.from(identity.certificate) : null,
        ),
      );

    test("says at its preparation that its certificates are of no use, and drops who connects", async () => {
      await listen([echo], { tls: { ...tls, clientCertificate: "none" } });
      await expect(server!.prepare()).rejects.toThrow();
      const socket = connect(place.path);
      await new Promise((resolve) => socket.on("close", resolve));
    });

    test("accepts the client with the given certificate", async () => {
      await listen([echo], { tls });
      const known = client(own.certificate, terraform);
      expect((await known.raw("/test/Echo", Buffer.from("hi"))).toString()).toBe("hi");
      known.close();
    });

    test.each([
      ["a client without a certificate", undefined],
      ["a client with another certificate", stranger],
    ])("refuses %s", async (_what, identity) => {
      const calls: string[] = [];
      await listen([{ ...echo, call: async (message: Uint8Array) => (calls.push("called"), message) } as GrpcMethod], { tls });
      const unknown = client(own.certificate, identity);
      await expect(unknown.raw("/test/Echo", Buffer.alloc(0))).rejects.toMatchObject({ code: status.UNAVAILABLE });
      expect(calls).toEqual([]);
      unknown.close();
    });

    test("is refused by a client that expects another certificate", async () => {
      await listen([echo], { tls });
      const wary = client(stranger.certificate, terraform);
      await expect(wary.raw("/test/Echo", Buffer.alloc(0))).rejects.toMatchObject({ code: status.UNAVAILABLE });
      wary.close();
    });
  });

  describe("a method that streams", () => {
    const streaming = (call: Extract<GrpcMethod, { kind: "stream" }>["call"]): GrpcMethod => ({
      kind: "stream",
      path: "/test/Stream",
      call,
    });

    test("sends each message at once, and ends with the call", async () => {
      const calls: string[] = [];
      await listen(
        [
          streaming(async (_message, { send }) => {
            send(Buffer.from([1]));
            await new Promise((resolve) => setImmediate(resolve));
            send(Buffer.from([2]));
          }),
        ],
        { onCall: (path) => (calls.push(path), () => calls.push("ended")) },
      );
      client = new PluginClient(place.path);
      expect((await client.stream("/test/Stream").ended).map(([n]) => n)).toEqual([1, 2]);
      expect(calls).toEqual(["/test/Stream", "ended"]);
    });

    test("is aborted when the client cancels, and what it sends then is ignored", async () => {
      let stopped: () => void = () => {};
      const noticed = new Promise<void>((resolve) => (stopped = resolve));
      let begun: () => void = () => {};
      const running = new Promise<void>((resolve) => (begun = resolve));
      await listen([
        echo,
        streaming(
          (_message, { send, signal }) =>
            new Promise((resolve) => {
              signal.addEventListener("abort", () => {
                send(Buffer.from([1]));
                stopped();
                resolve();
              });
              begun();
            }),
        ),
      ]);
      client = new PluginClient(place.path);
      const stream = client.stream("/test/Stream");
      const ended = expect(stream.ended).rejects.toMatchObject({ code: status.CANCELLED });
      await running;
      stream.cancel();
      await ended;
      await noticed;
      expect(await client.raw("/test/Echo", Buffer.from([7]))).toEqual(Buffer.from([7]));
    });

    test("ends with INTERNAL and the message of an exception", async () => {
      await listen([streaming(async () => Promise.reject(new Error("broken")))]);
      client = new PluginClient(place.path);
      await expect(client.stream("/test/Stream").ended).rejects.toMatchObject({ code: status.INTERNAL, details: "broken" });
    });
  });
});
