import { GrpcError, Status } from "./status";

const PREFIX_BYTES = 5;

/** Puts the length prefix before a message: one byte for "not compressed", four for the length. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, PREFIX_BYTES);
  return framed;
}

/** Gathers the chunks of a request that holds exactly one message. */
export class MessageReader {
  private readonly chunks: Buffer[] = [];
  private received = 0;

  /** @param limit the largest message accepted, in bytes */
  constructor(private readonly limit: number) {}

  push(chunk: Buffer): void {
    this.received += chunk.length;
    if (this.received > this.limit + PREFIX_BYTES) {
      throw new GrpcError(Status.RESOURCE_EXHAUSTED, `the request is larger than ${this.limit} bytes, the most this plugin accepts`);
    }
    this.chunks.push(chunk);
  }

  /** The message, once the request has ended. */
  finish(): Buffer {
    const all = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    if (all.length < PREFIX_BYTES) throw new GrpcError(Status.INTERNAL, `the request ended after ${all.length} bytes, before a message had begun`);
    if (all[0] !== 0) throw new GrpcError(Status.UNIMPLEMENTED, "the request is compressed, which this plugin does not support");
    const length = all.readUInt32BE(1);
    if (all.length !== PREFIX_BYTES + length) {
      throw new GrpcError(Status.INTERNAL, `the request announces a message of ${length} bytes but holds ${all.length - PREFIX_BYTES}`);
    }
    return all.subarray(PREFIX_BYTES);
  }
}
