import { createServer, request as send, Agent, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * - `before`: the request has arrived, and ECS has not received it
 * - `effect`: ECS has carried it out, and its answer is held back
 * - `answer`: the answer has been written
 */
export type Moment = "before" | "effect" | "answer";
export const MOMENTS: readonly Moment[] = ["before", "effect", "answer"];

/** The n-th call (from 1) of an action, counted from `arm()`. */
export interface Boundary {
  readonly action: string;
  readonly nth: number;
}

export interface TapListener {
  /** Awaited at every moment of every call, which goes on only afterwards. */
  (boundary: Boundary, moment: Moment): void | Promise<void>;
}

/** A proxy between a provider and the emulator that passes everything on unchanged, and pauses at call boundaries. */
export class Tap {
  private readonly server: Server;
  private readonly agent = new Agent({ keepAlive: true });
  private readonly counts = new Map<string, number>();
  private listener: TapListener = () => {};
  private armed = false;

  /** @param upstream the emulator's `host:port` */
  constructor(private readonly upstream: string) {
    this.server = createServer((request, response) => void this.pass(request, response));
  }

  get endpoint(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The calls since `arm()`, in order. */
  readonly seen: Boundary[] = [];

  async start(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** Counts calls from here on, and calls `listener` at every moment of each. */
  arm(listener: TapListener): void {
    this.counts.clear();
    this.seen.length = 0;
    this.listener = listener;
    this.armed = true;
  }

  disarm(): void {
    this.armed = false;
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request).catch(() => null);
    if (body === null) return;
    const tell = this.tellerOf(actionOf(request, body));
    await tell("before");
    const answer = await this.forward(request, body).catch(() => null);
    await tell("effect");
    if (!answer) return void request.socket.destroy();
    // A client that has given up gets no answer.
    const written = response.destroyed
      ? Promise.resolve()
      : new Promise<void>((resolve) => response.once("close", resolve).once("finish", resolve));
    response.writeHead(answer.status, answer.headers).end(answer.body);
    await written;
    await tell("answer");
  }

  private tellerOf(action: string): (moment: Moment) => void | Promise<void> {
    if (!this.armed) return () => {};
    const boundary = { action, nth: (this.counts.get(action) ?? 0) + 1 };
    this.counts.set(action, boundary.nth);
    this.seen.push(boundary);
    return (moment) => this.listener(boundary, moment);
  }

  private forward(
    { method, url, headers }: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage["headers"]; body: Buffer }> {
    return new Promise((resolve, reject) => {
      // The Host header stays as it was sent, because it is signed.
      const outgoing = send(new URL(url ?? "/", `http://${this.upstream}`), { method, headers, agent: this.agent }, (incoming) => {
        read(incoming).then((content) => resolve({ status: incoming.statusCode!, headers: incoming.headers, body: content }), reject);
      });
      outgoing.once("error", reject).end(body);
    });
  }
}

function actionOf({ headers, url = "" }: IncomingMessage, body: Buffer): string {
  const named = headers["x-acs-action"];
  if (typeof named === "string") return named;
  return new URLSearchParams(url.split("?")[1] ?? "").get("Action") ?? new URLSearchParams(body.toString()).get("Action") ?? "unknown";
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
