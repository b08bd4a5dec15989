import { createConnection } from "node:net";
import { EcsEmulator } from "../../lib/emulator";
import { keptPromise } from "../support/waiting/kept-promise";

test("the emulator answers a request whose headers never end with 408 within 20 s", async () => {
  const ecs = new EcsEmulator();
  await ecs.start();
  const socket = createConnection(Number(new URL(ecs.url).port), "127.0.0.1");
  let answer = "";
  socket.on("data", (data) => (answer += data.toString("latin1"))).on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\n");
  const trickle = setInterval(() => socket.write("X-A: b\r\n"), 500);
  const started = Date.now();
  await new Promise((resolve) => socket.once("close", resolve));
  clearInterval(trickle);
  await ecs.stop();
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  keptPromise("the answer to a request that never ends", Date.now() - started, 20_000);
});
