import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from "node:net";
import type { Agent } from "node:http";
import { createAgent, send, type HttpAnswer, type TransportError } from "../../../lib/handler/ecs/transport";
import { keptPromise } from "../../support/waiting/kept-promise";

describe("one request over a real socket", () => {
  let server: Server | TcpServer;
  let agent: Agent;
  const sockets = new Set<Socket>();
  beforeEach(() => (agent = createAgent("HTTP")));
  afterEach(async () => {
    agent.destroy();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Listens, and returns the port. */
  async function listen(listening: Server | TcpServer): Promise<number> {
    server = listening;
    server.on("connection", (socket: Socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }
  const ask = (port: number, deadline = 300, protocol = "http", by = agent): Promise<HttpAnswer> =>
    send({ method: "POST", url: new URL(`${protocol}://127.0.0.1:${port}/?a=1`), headers: {} }, { agent: by, deadline });
  const failure = (answer: Promise<unknown>): Promise<TransportError> =>
    answer.then(
      () => Promise.reject(new Error("it was answered")),
      (error: TransportError) => error,
    );
  /** Sends a piece every 50 ms until the socket closes. */
  const trickle = (socket: { write(text: string): unknown; once(event: "close", listener: () => void): unknown }, text: string): void => {
    const timer = setInterval(() => socket.write(text), 50);
    socket.once("close", () => clearInterval(timer));
  };

  test("is answered, and the next one uses the same connection", async () => {
    const port = await listen(createServer((_, response) => response.end("{}")));
    expect(await ask(port)).toMatchObject({ status: 200, body: "{}" });
    await ask(port);
    expect(sockets.size).toBe(1);
  });

  test("may have been carried out when the connection was open and no answer came in time", async () => {
    const port = await listen(createServer(() => undefined));
    expect(await failure(ask(port))).toMatchObject({ sent: true, code: "AnswerTimeout" });
  });

  test("may have been carried out when the connection is closed without an answer", async () => {
    const port = await listen(createServer((request) => request.socket.destroy()));
    expect(await failure(ask(port))).toMatchObject({ sent: true, code: "ECONNRESET" });
  });

  test("was not sent where nothing listens", async () => {
    const port = await listen(createServer());
    await new Promise((resolve) => server.close(resolve));
    expect(await failure(ask(port))).toMatchObject({ sent: false, code: "ECONNREFUSED" });
  });

  test("was not sent where the name does not resolve", async () => {
    await listen(createServer());
    const request = { method: "POST", url: new URL("http://ecs.invalid/"), headers: {} };
    expect(await failure(send(request, { agent, deadline: 5_000 }))).toMatchObject({ sent: false });
  });

  test.each([
    ["speaks no TLS", (socket: Socket) => void socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))],
    ["hangs up on a handshake", (socket: Socket) => void socket.once("data", () => socket.destroy())],
    ["never answers a handshake", () => undefined],
  ])("was not sent to a server that %s", async (_, behave) => {
    const port = await listen(createTcpServer(behave));
    const tls = createAgent("HTTPS");
    expect(await failure(ask(port, 300, "https", tls))).toMatchObject({ sent: false });
    tls.destroy();
  });

  test.each([
    ["header by header", "X-More: 1\r\n", "HTTP/1.1 200 OK\r\n"],
    ["byte by byte", "1\r\n1\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"],
  ])("fails after its deadline even if the answer arrives %s", async (_, piece, start) => {
    const behave = (socket: Socket): void => {
      socket.on("error", () => undefined).write(start);
      trickle(socket, piece);
    };
    const port = await listen(createTcpServer(behave));
    const began = performance.now();
    expect(await failure(ask(port))).toMatchObject({ sent: true, code: "AnswerTimeout" });
    keptPromise("giving up on the answer", performance.now() - began, 3_000);
  });

  test("is rejected without reading on if the answer is too long", async () => {
    const piece = Buffer.alloc(1024 * 1024);
    let written = 0;
    const port = await listen(
      createServer((_, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write(piece)) written++;
        };
        response.on("drain", more);
        more();
      }),
    );
    expect(await failure(ask(port, 20_000))).toMatchObject({ sent: true, code: "AnswerTooLong" });
    expect(written).toBeLessThan(40);
  });

  test("fails if the connection closes in the middle of the answer", async () => {
    const port = await listen(
      createServer((request, response) => {
        response.writeHead(200, { "content-length": "100" }).write("{");
        setTimeout(() => request.socket.destroy(), 20);
      }),
    );
    expect(await failure(ask(port))).toMatchObject({ sent: true, message: expect.stringContaining("was cut short") as string });
  });

  test("gets an answer that arrived while this process was suspended, although the deadline has passed", async () => {
    const port = await listen(createServer((_, response) => response.end("{}")));
    await ask(port);
    const answer = ask(port, 150);
    // Let the request leave, then block this process past the deadline: the server, which is in it too, answers in the same turn.
    await new Promise((resolve) => setTimeout(resolve, 0));
    const until = performance.now() + 200;
    while (performance.now() < until);
    expect((await Promise.allSettled([answer]))[0]!.status).toBe("fulfilled");
  });
});
