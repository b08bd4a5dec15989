import { createServer } from "node:http2";
import type { Socket } from "node:net";

/** gRPC's status INTERNAL. Terraform shows its message; of UNAVAILABLE, it shows only that the plugin did not respond. */
const INTERNAL = "13";

/**
 * Answers every gRPC call with the reason why the service could not be loaded. Does not need the gRPC library, which may be part of what
 * could not be loaded.
 *
 * @param onCall called with a call's path when the call begins. The returned function is called when the call has ended
 * @returns a function that serves one connection
 */
export function refuseCalls(reason: string, onCall: (path: string) => () => void): (socket: Socket) => void {
  const server = createServer();
  server.on("stream", (stream, headers) => {
    stream.on("close", onCall(String(headers[":path"])));
    // A client that is gone needs no answer.
    stream.on("error", () => {});
    // As the gRPC library encodes it: not every client decodes more.
    const message = encodeURI(reason);
    stream.respond(
      { ":status": 200, "content-type": "application/grpc", "grpc-status": INTERNAL, "grpc-message": message },
      { endStream: true },
    );
  });
  server.on("sessionError", () => {});
  return (socket) => void server.emit("connection", socket);
}
