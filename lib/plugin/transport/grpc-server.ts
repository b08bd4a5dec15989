import type {
  sendUnaryData,
  Server,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { createServer, type ListenOptions, type Server as SocketServer, type Socket } from "node:net";
import type { MutualTls } from "./mutual-tls";
import type { GrpcLibrary, GrpcMethod, GrpcService, StreamMethod, UnaryMethod } from "./grpc-service";
import { endpointOf, type Endpoint } from "./place";
import type { Logger } from "../resource";

export interface GrpcServerOptions {
  /** Called once, when a client is about to connect. If it rejects, each call fails with that reason. */
  readonly service: () => Promise<GrpcService>;
  /** Absent for a Terraform that offers no certificate; the server then uses no TLS. */
  readonly tls?: MutualTls;
  readonly log: Logger;
  /** Called with the path of each call that fails because the service could not be loaded. */
  onRefused?(path: string): void;
  /** Called when a call begins, except a silent one. The returned function is called when the call has ended. */
  onCall?(path: string): () => void;
  /** Called with the number of clients whenever one connects or disconnects. */
  onConnections?(count: number): void;
}

/** Terraform's own limit. */
const MAX_MESSAGE_BYTES = 256 << 20;
/** How long `close` waits for answers to reach the client. */
const CLOSE_LIMIT_MS = 500;

/** The library's server, and the function that passes it connections. */
interface Served {
  /** Undefined if the library could not be loaded. */
  readonly server?: Server;
  readonly inject: (socket: Socket) => void;
}

/**
 * Serves methods over gRPC on a Unix socket or a TCP port. The class owns the socket and passes each connection to the library. So it
 * learns when Terraform's connection closes, and Terraform can connect and begin TLS before the library is loaded.
 */
export class GrpcServer {
  private served: Promise<Served> | undefined;
  private loaded: Promise<GrpcService> | undefined;
  private toTls: Promise<(socket: Socket) => void> | undefined;
  private readonly listener: SocketServer;
  private readonly sockets = new Set<Socket>();
  private readonly silent = new Set<ServerDuplexStream<Buffer, Buffer>>();

  constructor(private readonly options: GrpcServerOptions) {
    this.listener = createServer({ pauseOnConnect: true }, (socket) => {
      this.onSocket(socket);
      void this.accept(socket);
    });
  }

  /** Does in advance what the first client would have to wait for. Rejects if the server cannot use TLS. */
  async prepare(): Promise<void> {
    const secured = this.options.tls && this.secure(this.options.tls);
    // A failure is the answer to each call.
    this.service().catch(() => undefined);
    await secured;
  }

  /** Resolves with the address on which it listens. */
  listen(where: ListenOptions): Promise<Endpoint> {
    return new Promise((resolve, reject) => {
      this.listener.once("error", reject);
      this.listener.listen(where, () => {
        this.listener.off("error", reject);
        this.listener.on("error", (error) => this.trace("the server failed", error));
        resolve(endpointOf(this.listener.address()!));
      });
    });
  }

  /** Rejects new calls, ends silent streams, and gives pending answers half a second to reach the client. */
  async close(): Promise<void> {
    this.listener.close();
    for (const stream of this.silent) stream.end();
    const server = (await this.served)?.server;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, CLOSE_LIMIT_MS);
      const done = (): void => {
        clearTimeout(limit);
        resolve();
      };
      if (server) server.tryShutdown(done);
      else done();
    });
    server?.forceShutdown();
    for (const socket of this.sockets) socket.destroy();
  }

  private service(): Promise<GrpcService> {
    return (this.loaded ??= this.options.service());
  }

  /** Loads the library, once. */
  private library(): Promise<Served> {
    return (this.served ??= this.service()
      .then(async (service) => this.serve(service, await service.library()))
      .catch((error: unknown) => this.refuse(error)));
  }

  private async refuse(error: unknown): Promise<Served> {
    const { refuseCalls } = await import("./refuse-calls");
    const reason = error instanceof Error ? error.message : String(error);
    const inject = refuseCalls(reason, (path) => {
      this.options.onRefused?.(path);
      return this.options.onCall?.(path) ?? (() => {});
    });
    return { inject };
  }

  private async accept(socket: Socket): Promise<void> {
    const { tls } = this.options;
    if (tls) {
      // `prepare` reports why there is no TLS.
      const toTls = await this.secure(tls).catch(() => undefined);
      return toTls ? toTls(socket) : void socket.destroy();
    }
    await this.handOver(socket);
    socket.resume();
  }

  private async handOver(socket: Socket): Promise<void> {
    const { inject } = await this.library();
    inject(socket);
  }

  private serve({ methods }: GrpcService, library: GrpcLibrary): Served {
    const server = new library.Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES, "grpc.max_send_message_length": -1 });
    server.addService(definitionOf(methods), this.implementation(methods, library.status.INTERNAL));
    const injector = server.createConnectionInjector(library.ServerCredentials.createInsecure());
    return { server, inject: (socket) => injector.injectConnection(socket) };
  }

  /** `node:tls` takes time to load, for which the handshake need not wait. */
  private secure(tls: MutualTls): Promise<(socket: Socket) => void> {
    return (this.toTls ??= import("./mutual-tls").then(({ secured }) =>
      secured(tls, {
        // The client now checks and makes signatures, which leaves time to load the library.
        greeted: () => void this.library(),
        accepted: (socket) => {
          socket.on("error", (error) => this.trace("a connection failed", error));
          void this.handOver(socket);
        },
        refused: (error) => this.trace("a client was refused", error),
      }),
    ));
  }

  private onSocket(socket: Socket): void {
    this.sockets.add(socket);
    this.options.onConnections?.(this.sockets.size);
    socket.on("error", (error) => this.trace("a connection failed", error));
    socket.on("close", () => {
      this.sockets.delete(socket);
      this.options.onConnections?.(this.sockets.size);
    });
  }

  private implementation(methods: readonly GrpcMethod[], failed: number): UntypedServiceImplementation {
    return Object.fromEntries(methods.map((method) => [method.path, this.handler(method, failed)]));
  }

  private handler(method: GrpcMethod, failed: number) {
    if (method.kind === "silent") return this.keepOpen;
    return method.kind === "stream" ? this.stream(method, failed) : this.answer(method, failed);
  }

  private readonly keepOpen = (stream: ServerDuplexStream<Buffer, Buffer>): void => {
    this.silent.add(stream);
    stream.on("close", () => this.silent.delete(stream));
    stream.on("error", (error) => this.trace("a stream was cut off", error));
    stream.resume();
  };

  private answer(method: UnaryMethod, failed: number) {
    return async (call: ServerUnaryCall<Buffer, Buffer>, respond: sendUnaryData<Buffer>): Promise<void> => {
      const ended = this.options.onCall?.(method.path);
      try {
        respond(null, Buffer.from(await method.call(call.request)));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.options.log.log("error", `${method.path} failed`, { message });
        respond({ code: failed, details: message });
      } finally {
        ended?.();
      }
    };
  }

  private stream(method: StreamMethod, failed: number) {
    return async (call: ServerWritableStream<Buffer, Buffer>): Promise<void> => {
      const ended = this.options.onCall?.(method.path);
      const gone = new AbortController();
      call.on("cancelled", () => gone.abort(new Error("the client wants no more")));
      call.on("error", (error) => this.trace("a stream was cut off", error));
      try {
        const send = (message: Uint8Array): void => void (gone.signal.aborted || call.write(Buffer.from(message)));
        await method.call(call.request, { send, signal: gone.signal });
        call.end();
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.options.log.log("error", `${method.path} failed`, { message });
        call.emit("error", { code: failed, details: message });
      } finally {
        ended?.();
      }
    };
  }

  private trace(message: string, error: Error): void {
    this.options.log.log("trace", message, { error: error.message });
  }
}

function definitionOf(methods: readonly GrpcMethod[]): ServiceDefinition {
  const bytes = (value: Buffer): Buffer => value;
  const entries = methods.map(({ path, kind }): [string, ServiceDefinition[string]] => {
    return [
      path,
      {
        path,
        requestStream: kind === "silent",
        responseStream: kind !== "unary",
        requestSerialize: bytes,
        requestDeserialize: bytes,
        responseSerialize: bytes,
        responseDeserialize: bytes,
      },
    ];
  });
  return Object.fromEntries(entries);
}
