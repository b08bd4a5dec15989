import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { EmulatorError } from "../errors";
import type { Reply } from "../format/reply";

/** A request with its body. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** Whether the other end is on this machine. */
  readonly local: boolean;
}

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Without it, any host but the loopback's is refused. */
  readonly allowRemote: boolean;
}

const MAX_BODY = 1024 * 1024;

/** Listens, reads bodies, writes replies; knows nothing of ECS. */
export class HttpServer {
  private server: Server | undefined;

  constructor(
    private readonly options: HttpServerOptions,
    private readonly handle: (request: HttpRequest) => Promise<Reply>,
  ) {}

  /** The port that it listens on; undefined while it doesn't. */
  get port(): number | undefined {
    return (this.server?.address() as AddressInfo | null | undefined)?.port;
  }

  async start(): Promise<void> {
    const { host, port, allowRemote } = this.options;
    if (!allowRemote && !isLoopback(host)) {
      throw new EmulatorError(
        `The emulator was asked to listen on "${host}", where other machines could reach it. Use 127.0.0.1, ::1 or localhost; or allow it with allowRemote: true.`,
      );
    }
    const server = createServer((request, response) => void this.serve(request, response));
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve, reject) => {
      server.once("error", (cause: NodeJS.ErrnoException) =>
        reject(
          new EmulatorError(
            `The emulator can't listen on ${host}:${port}: ${cause.message}. ${cause.code === "EADDRINUSE" ? "Stop what listens there, or choose another port; 0 takes a free one." : ""}`,
            { cause },
          ),
        ),
      );
      server.listen(port, host, resolve);
    });
    this.server = server;
  }

  /** Closes the port and every connection. */
  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  /** Whatever fails is answered: a connection without an answer is what faults are for. */
  private async reply(request: HttpRequest): Promise<Reply> {
    try {
      return await this.handle(request);
    } catch (error) {
      return {
        kind: "answer",
        status: 500,
        headers: { "content-type": "text/plain;charset=utf-8" },
        body: `The emulator failed: ${error instanceof Error ? error.stack : String(error)}\n`,
      };
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request).catch(() => undefined);
    if (body === undefined) return void request.destroy();
    if (body === "tooLarge") return void response.writeHead(413, { connection: "close" }).end();
    const reply = await this.reply({
      method: request.method ?? "GET",
      url: request.url ?? "/",
      headers: request.headers,
      body,
      local: isLoopback(request.socket.remoteAddress ?? ""),
    });
    if (reply.kind === "drop") return void request.socket.destroy();
    if (reply.kind === "hang" || response.destroyed) return;
    response.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) }).end(reply.body);
  }
}

export function isLoopback(host: string): boolean {
  const address = host.replace(/^::ffff:/, "");
  return address === "localhost" || address === "::1" || /^127(\.\d{1,3}){3}$/.test(address);
}

async function readBody(request: IncomingMessage): Promise<Buffer | "tooLarge"> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) return "tooLarge";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
