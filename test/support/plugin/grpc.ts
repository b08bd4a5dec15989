import { credentials, makeGenericClientConstructor, type ChannelCredentials, type Client, type ServiceError } from "@grpc/grpc-js";
import { ProviderDefinition } from "../../../lib/plugin/gen/tfplugin6";

interface GeneratedMethod {
  readonly name: string;
  readonly requestType: { encode(message: never): { finish(): Uint8Array } };
  readonly responseType: { decode(bytes: Uint8Array): unknown };
}

type ProviderMethods = typeof ProviderDefinition.methods;
type RequestOf<M extends keyof ProviderMethods> = Parameters<ProviderMethods[M]["requestType"]["encode"]>[0];
type ResponseOf<M extends keyof ProviderMethods> = ReturnType<ProviderMethods[M]["responseType"]["decode"]>;

/** A client with the common library `@grpc/grpc-js`, over the plugin's socket or TCP port. */
export class PluginClient {
  private readonly client: Client;

  /** @param address a path, or `host:port` */
  constructor(address: string, channel: ChannelCredentials = credentials.createInsecure()) {
    const Constructor = makeGenericClientConstructor({}, "plugin");
    this.client = new Constructor(address.startsWith("/") ? `unix:${address}` : address, channel, {
      "grpc.ssl_target_name_override": "localhost",
      "grpc.default_authority": "localhost",
    });
  }

  /** Calls an RPC of the provider service. */
  call<M extends keyof ProviderMethods>(method: M, request: RequestOf<M>): Promise<ResponseOf<M>> {
    const { name, requestType, responseType } = ProviderDefinition.methods[method] as unknown as GeneratedMethod;
    return this.raw(`/${ProviderDefinition.fullName}/${name}`, requestType.encode(request as never).finish()).then(
      (bytes) => responseType.decode(bytes) as ResponseOf<M>,
    );
  }

  /** Calls any path with any bytes. */
  raw(path: string, message: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const same = (bytes: Buffer): Buffer => bytes;
      this.client.makeUnaryRequest(path, same, same, Buffer.from(message), (error: ServiceError | null, answer?: Buffer) =>
        error ? reject(error) : resolve(answer!),
      );
    });
  }

  /** Opens a server stream. `ended` resolves with the messages at its end. */
  stream(path: string, message: Uint8Array = Buffer.alloc(0)): { readonly ended: Promise<Buffer[]>; cancel(): void } {
    const same = (bytes: Buffer): Buffer => bytes;
    const call = this.client.makeServerStreamRequest(path, same, same, Buffer.from(message));
    const messages: Buffer[] = [];
    const ended = new Promise<Buffer[]>((resolve, reject) => {
      call.on("data", (message: Buffer) => messages.push(message));
      call.on("end", () => resolve(messages));
      call.on("error", reject);
    });
    return { ended, cancel: () => call.cancel() };
  }

  /** Calls a streaming RPC of the provider service. Resolves with its events at its end. */
  async events<M extends keyof ProviderMethods>(method: M, request: RequestOf<M>): Promise<ResponseOf<M>[]> {
    const { name, requestType, responseType } = ProviderDefinition.methods[method] as unknown as GeneratedMethod;
    const { ended } = this.stream(`/${ProviderDefinition.fullName}/${name}`, requestType.encode(request as never).finish());
    return (await ended).map((bytes) => responseType.decode(bytes) as ResponseOf<M>);
  }

  close(): void {
    this.client.close();
  }
}
