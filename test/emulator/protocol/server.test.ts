import { createConnection } from "node:net";
import { EcsEmulator } from "../../../lib/emulator";
import { keptPromise } from "../../support/waiting/kept-promise";

let ecs: EcsEmulator;

beforeEach(async () => {
  ecs = new EcsEmulator();
  await ecs.start();
});

afterEach(() => ecs.stop());

/** Sends raw bytes, and returns all that comes until the server closes the connection, and after how long. */
function send(...parts: (string | Buffer)[]): Promise<{ answer: string; seconds: number }> {
  const started = Date.now();
  return new Promise((resolve) => {
    const socket = createConnection(Number(new URL(ecs.url).port), "127.0.0.1");
    let answer = "";
    socket.on("data", (data) => (answer += data.toString("latin1")));
    socket.on("error", () => undefined);
    socket.once("close", () => resolve({ answer, seconds: (Date.now() - started) / 1_000 }));
    for (const part of parts) socket.write(part);
  });
}

const status = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

test("HEAD is answered as GET is, without the body", async () => {
  for (const path of ["/", "/_admin", "/_admin/state", "/_ready"]) {
    const answer = await fetch(ecs.url + path, { method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("");
    expect(answer.headers.get("content-length")).toBe((await fetch(ecs.url + path)).headers.get("content-length"));
  }
  expect(ecs.calls).toEqual([]);
});

test("/_ready is answered at any host name, by GET only", async () => {
  const answer = await fetch(`${ecs.url}/_ready`);
  expect([answer.status, await answer.text()]).toEqual([200, "ready\n"]);
  const { answer: named } = await send("GET /_ready HTTP/1.1\r\nHost: any.example.com\r\nConnection: close\r\n\r\n");
  expect(status(named)).toBe(200);
  expect((await fetch(`${ecs.url}/_ready`, { method: "POST" })).status).toBe(405);
});

test.each(["//", "/../x", "/%ZZ", "/_administrator", "/favicon.ico", "/%00", "//_admin"])("%s does not exist", async (path) => {
  const { answer } = await send(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  expect(status(answer)).toBe(404);
});

test.each(["/_admin/tasks/%E0%A4%A", "/_admin//", "/_admin/tasks/a/b", "/_admin/%2e%2e"])(
  "%s in the admin API does not exist",
  async (path) => {
    const { answer } = await send(`DELETE ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(status(answer)).toBe(404);
  },
);

test("a request with a whole URL is answered, and the URL's host counts, not the Host header", async () => {
  const { answer } = await send(`GET http://127.0.0.1/_admin/state HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`);
  expect(status(answer)).toBe(200);
  const rebound = await send(`GET http://evil.example/_admin/state HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
  expect(status(rebound.answer)).toBe(403);
});

test("headers that are too long and bytes that are not HTTP are refused", async () => {
  expect(status((await send(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(40_000)}\r\n\r\n`)).answer)).toBe(431);
  expect(status((await send(Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc]))).answer)).toBe(400);
});

test.each([
  ["announced", `Content-Length: ${64 * 1024 * 1024}\r\n`, ""],
  ["in pieces", "Transfer-Encoding: chunked\r\n", `100000\r\n${"x".repeat(0x100000)}\r\n1\r\nx\r\n`],
])("a body of more than 1 MiB, %s, is refused, and a client that goes on sending gets the answer", async (_, header, start) => {
  const head = `POST / HTTP/1.1\r\nHost: localhost\r\n${header}\r\n`;
  const { answer, seconds } = await send(head, start, "x".repeat(256 * 1024));
  expect(status(answer)).toBe(413);
  expect(answer).toContain("larger than 1 MiB");
  keptPromise("the answer to a client that goes on sending", seconds * 1_000, 10_000);
});

test("a JSON body that is nested a hundred thousand deep is answered like any other", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const answer = await fetch(`${ecs.url}/?Action=DescribeTasks&Format=JSON`, {
    method: "POST",
    body: `{"Tag":${deep},"__proto__":{"Action":"x"}}`,
    headers: { "content-type": "application/json" },
  });
  expect(await answer.json()).toMatchObject({ Code: expect.stringMatching(/Version|AccessKey/) });
});

test("the call log shortens long parameters, so that they do not fill the memory", async () => {
  const fields = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`Field${index}`, "x".repeat(10_000)]));
  await fetch(`${ecs.url}/?Action=${"A".repeat(9_000)}`, { method: "POST", body: new URLSearchParams(fields) });
  expect(JSON.stringify(ecs.calls[0]).length).toBeLessThan(25_000);
  expect(ecs.calls[0]!.params["Field0"]).toMatch(/^x{4000}…$/);
});
