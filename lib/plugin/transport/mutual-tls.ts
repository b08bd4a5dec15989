import { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";

export interface MutualTls {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM; the only client to be let in. */
  readonly clientCertificate: string;
}

export interface SecuredHandlers {
  /** Called when a client has been answered and has work of its own to do. */
  readonly greeted: () => void;
  /** Called with the connection of the client that has proved to be the one. */
  readonly accepted: (socket: TLSSocket) => void;
  /** Called with why another was turned away. */
  readonly refused: (error: Error) => void;
}

/**
 * Puts TLS around connections and lets in the one client whose certificate is known. That is compared as it is, with no
 * authorities in between: for any authority, Node 20 reads its own 140 first, which takes a quarter of a plugin's start.
 *
 * @returns takes a connection over
 */
export function secured(tls: MutualTls, { greeted, accepted, refused }: SecuredHandlers): (socket: Socket) => void {
  const known = new X509Certificate(tls.clientCertificate).raw;
  const server = createServer({
    key: tls.key,
    cert: tls.certificate,
    ca: [],
    requestCert: true,
    rejectUnauthorized: false,
    ALPNProtocols: ["h2"],
    SNICallback: (_name, proceed) => {
      proceed(null);
      setImmediate(greeted);
    },
  });
  server.on("secureConnection", (socket) => {
    if (socket.getPeerX509Certificate()?.raw.equals(known)) return accepted(socket);
    socket.destroy();
    refused(new Error("the client's certificate is not the one that the host announced"));
  });
  server.on("tlsClientError", refused);
  return (socket) => void server.emit("connection", socket);
}
