/** The gRPC status codes that this server answers with. */
export const Status = { OK: 0, INVALID_ARGUMENT: 3, RESOURCE_EXHAUSTED: 8, UNIMPLEMENTED: 12, INTERNAL: 13 } as const;

/** An answer other than OK. Anything else that a handler throws becomes INTERNAL. */
export class GrpcError extends Error {
  override readonly name = "GrpcError";

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** The headers (or trailers) that carry a status; the message is percent-encoded as the gRPC specification asks. */
export function statusHeaders(code: number, message?: string): { [name: string]: string } {
  const headers: { [name: string]: string } = { "grpc-status": String(code) };
  if (message !== undefined) headers["grpc-message"] = percentEncode(message);
  return headers;
}

function percentEncode(text: string): string {
  let encoded = "";
  for (const byte of Buffer.from(text)) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    encoded += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}
