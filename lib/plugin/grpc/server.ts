import { createSecureServer, createServer, type Http2Server, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { Logger } from "../resource";
import { frame, MessageReader } from "./framing";
import { GrpcError, Status, statusHeaders } from "./status";

/** One request, one answer. */
export interface UnaryMethod {
  readonly kind: "unary";
  /** e.g. `/tfplugin6.Provider/GetProviderSchema` */
  readonly path: string;
  call(message: Uint8Array): Promise<Uint8Array>;
}

/** A stream that stays open and empty until either side ends it. */
export interface SilentMethod {
  readonly kind: "silent";
  readonly path: string;
}

export type GrpcMethod = UnaryMethod | SilentMethod;

export interface GrpcServerOptions {
  readonly methods: readonly GrpcMethod[];
  /** Left out: no TLS, for a host that does not offer its certificate. */
  readonly tls?: { readonly key: string; readonly certificate: string; readonly clientCertificate: string };
  readonly log: Logger;
  /** Called when a unary call begins; the function it returns, when the call has ended. */
  onCall?(path: string): () => void;
  /** Called when a client has connected or gone, with the number of clients now. */
  onConnections?(count: number): void;
}

/** Terraform's own limit. */
const MAX_MESSAGE_BYTES = 256 << 20;
/** Node refuses streams on a connection with 10 MB under way, which large states may reach; messages have their own limit. */
const HTTP2_OPTIONS = { maxSessionMemory: 4 * (MAX_MESSAGE_BYTES >> 20) } as const;
/** How long `close` waits for answers to reach the client. */
const CLOSE_LIMIT_MS = 500;

/**
 * A gRPC server just large enough for a plugin. Why not `@grpc/grpc-js`: Terraform starts the plugin four times in an
 * apply, and loading that library, most of which is its client, takes longer than all the rest of the start. What a
 * plugin host needs of gRPC is small: unary calls with a length prefix and trailers over HTTP/2, which Node brings along.
 */
export class GrpcServer {
  private readonly server: Http2Server;
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly silent = new Set<ServerHttp2Stream>();
  private readonly methods: ReadonlyMap<string, GrpcMethod>;

  constructor(private readonly options: GrpcServerOptions) {
    this.methods = new Map(options.methods.map((method) => [method.path, method]));
    const { tls } = options;
    this.server = tls
      ? (createSecureServer({
          ...HTTP2_OPTIONS,
          key: tls.key,
          cert: tls.certificate,
          ca: tls.clientCertificate,
          requestCert: true,
          rejectUnauthorized: true,
          minVersion: "TLSv1.2",
        }) as unknown as Http2Server)
      : createServer(HTTP2_OPTIONS);
    this.server.on("session", (session) => this.onSession(session));
    this.server.on("stream", (stream, headers) => this.onStream(stream, headers));
    this.server.on("sessionError", (error) => this.trace("a connection failed", error));
    this.server.on("tlsClientError", (error: Error) => options.log.log("warn", "refused a client without the certificate that Terraform announced", { error: error.message }));
  }

  listen(socketPath: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(socketPath, () => {
        this.server.off("error", reject);
        this.server.on("error", (error) => this.trace("the server failed", error));
        resolve();
      });
    });
  }

  /** Refuses new calls, ends silent streams, gives answers under way half a second to get out. */
  async close(): Promise<void> {
    this.server.close();
    for (const stream of this.silent) stream.end();
    const closed = [...this.sessions].map((session) => new Promise<void>((resolve) => session.close(resolve)));
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_LIMIT_MS)));
    await Promise.race([Promise.all(closed), limit]);
    clearTimeout(timer);
    for (const session of this.sessions) session.destroy();
  }

  private onSession(session: ServerHttp2Session): void {
    this.sessions.add(session);
    this.options.onConnections?.(this.sessions.size);
    session.on("error", (error) => this.trace("a connection failed", error));
    session.on("close", () => {
      this.sessions.delete(session);
      this.options.onConnections?.(this.sessions.size);
    });
  }

  private onStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    stream.on("error", (error) => this.trace("a call was cut off", error));
    if (headers[":method"] !== "POST" || !headers["content-type"]?.startsWith("application/grpc")) {
      stream.respond({ ":status": 415 }, { endStream: true });
      stream.resume();
      return;
    }
    const path = String(headers[":path"]);
    const method = this.methods.get(path);
    if (!method) return refuse(stream, Status.UNIMPLEMENTED, `${path} is not implemented by this provider`);
    if (method.kind === "silent") return this.keepOpen(stream);
    void this.answer(stream, method);
  }

  private keepOpen(stream: ServerHttp2Stream): void {
    this.silent.add(stream);
    stream.on("close", () => this.silent.delete(stream));
    begin(stream);
    stream.resume();
  }

  private async answer(stream: ServerHttp2Stream, method: UnaryMethod): Promise<void> {
    const ended = this.options.onCall?.(method.path);
    try {
      const answer = await method.call(await readMessage(stream));
      if (stream.destroyed || stream.closed) return;
      begin(stream);
      stream.end(frame(answer));
    } catch (error) {
      const { code, message } = error instanceof GrpcError ? error : new GrpcError(Status.INTERNAL, error instanceof Error ? error.message : String(error));
      this.options.log.log("error", `${method.path} failed`, { code, message });
      refuse(stream, code, message);
    } finally {
      ended?.();
    }
  }

  private trace(message: string, error: Error): void {
    this.options.log.log("trace", message, { error: error.message });
  }
}

function readMessage(stream: ServerHttp2Stream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const reader = new MessageReader(MAX_MESSAGE_BYTES);
    const attempt = (step: () => void): void => {
      try {
        step();
      } catch (error) {
        stream.removeAllListeners("data");
        reject(error);
      }
    };
    stream.on("data", (chunk: Buffer) => attempt(() => reader.push(chunk)));
    stream.on("end", () => attempt(() => resolve(reader.finish())));
    stream.on("close", () => reject(new GrpcError(Status.INTERNAL, "the client went away before its request was complete")));
  });
}

function begin(stream: ServerHttp2Stream): void {
  stream.on("wantTrailers", () => stream.sendTrailers(statusHeaders(Status.OK)));
  stream.respond({ ":status": 200, "content-type": "application/grpc", "grpc-accept-encoding": "identity" }, { waitForTrailers: true });
}

function refuse(stream: ServerHttp2Stream, code: number, message: string): void {
  if (stream.destroyed || stream.closed || stream.headersSent) return;
  stream.respond({ ":status": 200, "content-type": "application/grpc", ...statusHeaders(code, message) }, { endStream: true });
  stream.resume();
}
