import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { EmulatorError } from "../values/emulator-error";
import type { Reply } from "./reply";
import { isLoopback } from "./loopback";
import type { TlsKeys } from "./tls-keys";

/** A request with its body. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The name and port that the client addressed. */
  readonly host: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** Whether the client is on this machine. */
  readonly local: boolean;
  /** Whether the request came over TLS. */
  readonly secure: boolean;
}

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Allows a host other than a loopback address. */
  readonly allowRemote: boolean;
  /** Serves HTTPS with this certificate and key. */
  readonly tls?: TlsKeys;
}

/** 1 MiB. Even the largest real calls have only a few kilobytes. */
const MAX_BODY = 1024 * 1024;

/** Node.js ends the connection of a client that exceeds these, such as one that sends very slowly or never completes its request. */
const LIMITS = { maxHeaderSize: 32 * 1024, headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 };

/** Listens, reads requests and writes replies. Knows nothing about ECS. */
export class HttpServer {
  private server: Server | undefined;

  constructor(
    private readonly options: HttpServerOptions,
    private readonly handle: (request: HttpRequest) => Promise<Reply>,
  ) {}

  /** The port; undefined while the server is not listening. */
  get port(): number | undefined {
    return (this.server?.address() as AddressInfo | null | undefined)?.port;
  }

  async start(): Promise<void> {
    const { host, port, allowRemote, tls } = this.options;
    if (!allowRemote && !isLoopback(host)) {
      throw new EmulatorError(
        `The host "${host}" would let other machines reach the emulator. Use 127.0.0.1, ::1 or localhost, or allow it with allowRemote: true.`,
      );
    }
    const listener = (request: IncomingMessage, response: ServerResponse): void => void this.serve(request, response);
    const server = tls ? createTlsServer({ ...LIMITS, ...tls }, listener) : createServer(LIMITS, listener);
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve, reject) => {
      server.once("error", (cause: NodeJS.ErrnoException) =>
        reject(
          new EmulatorError(
            `The emulator can't listen on ${host}:${port}: ${cause.message}. ${cause.code === "EADDRINUSE" ? "Stop the program that uses the port, or choose another port; 0 picks a free one." : ""}`,
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

  /** Answers 500 if the handler fails. Only a fault rule may leave a request without an answer. */
  private async reply(request: HttpRequest): Promise<Reply> {
    try {
      return await this.handle(request);
    } catch (error) {
      return text(500, `The emulator failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request).catch(() => undefined);
    if (body === undefined) return void request.destroy();
    if (body === "tooLarge") return refuseBody(request, response);
    const reply = await this.reply({
      method: request.method ?? "GET",
      ...targetOf(request),
      headers: request.headers,
      body,
      local: isLoopback(request.socket.remoteAddress ?? ""),
      secure: this.options.tls !== undefined,
    });
    if (reply.kind === "drop") return void request.socket.destroy();
    if (reply.kind === "hang" || response.destroyed) return;
    response.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) }).end(reply.body);
  }
}

/** A short plain-text answer. */
export function text(status: number, body: string, headers: { readonly [name: string]: string } = {}): Reply {
  return { kind: "answer", status, headers: { "content-type": "text/plain;charset=utf-8", ...headers }, body };
}

/** A client that uses the emulator as a proxy sends an absolute URL. Its host overrides the host header. */
function targetOf({ url = "/", headers }: IncomingMessage): Pick<HttpRequest, "url" | "host"> {
  const whole = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url);
  if (!whole) return { url, host: headers.host ?? "" };
  return { url: whole[2].startsWith("/") ? whole[2] : `/${whole[2]}`, host: whole[1] };
}

async function readBody(request: IncomingMessage): Promise<Buffer | "tooLarge"> {
  if (Number(request.headers["content-length"]) > MAX_BODY) return "tooLarge";
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) return "tooLarge";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Answers 413 and keeps reading for a moment, because a client that is still sending when the connection closes never sees the answer. */
function refuseBody(request: IncomingMessage, response: ServerResponse): void {
  response
    .writeHead(413, { connection: "close", "content-type": "text/plain;charset=utf-8" })
    .end("The request body is larger than 1 MiB.\n");
  request.on("error", () => undefined).resume();
  const last = setTimeout(() => request.destroy(), 1_000).unref();
  request.once("close", () => clearTimeout(last));
}
