/** One request, one answer. */
export interface UnaryMethod {
  readonly kind: "unary";
  /** e.g. `/tfplugin6.Provider/GetProviderSchema` */
  readonly path: string;
  call(message: Uint8Array): Promise<Uint8Array>;
}

/** One request, any number of answers. */
export interface StreamMethod {
  readonly kind: "stream";
  readonly path: string;
  /** Resolves when the last message has been sent. */
  call(message: Uint8Array, stream: ServerStream): Promise<void>;
}

export interface ServerStream {
  send(message: Uint8Array): void;
  /** Aborted when the client wants no more messages. */
  readonly signal: AbortSignal;
}

/** A stream that stays open and empty until either side ends it. */
export interface SilentMethod {
  readonly kind: "silent";
  readonly path: string;
}

export type GrpcMethod = UnaryMethod | StreamMethod | SilentMethod;

export type GrpcLibrary = typeof import("@grpc/grpc-js");

/** What a server serves. */
export interface GrpcService {
  readonly methods: readonly GrpcMethod[];
  /** Loads the library that serves them. */
  library(): Promise<GrpcLibrary>;
}
