import type { Endpoint, Transport } from "./place";

/** What Terraform puts into the environment of a plugin that it starts. */
export interface Handshake {
  /** PEM; the certificate of the only client that may connect. Absent if Terraform does not use AutoMTLS. */
  readonly clientCertificate?: string;
}

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
/** The versions of go-plugin's own protocol, and of Terraform's provider protocol on top of it. */
const CORE_PROTOCOL = 1;
const PROTOCOL = 6;

/** The program that started this process is not a Terraform or OpenTofu that it can talk to; `message` is for the user. */
export class HandshakeError extends Error {
  override readonly name = "HandshakeError";
}

/**
 * Reads Terraform's part of the handshake.
 *
 * @param name the provider's name
 * @param usage how to use the provider, for a person who starts it by hand
 * @param transport how Terraform reaches the plugin
 * @throws HandshakeError if the plugin cannot talk to the program that started it
 */
export function readHandshake(name: string, usage: string, env: NodeJS.ProcessEnv, transport: Transport): Handshake {
  if (env.TF_PLUGIN_MAGIC_COOKIE !== COOKIE) throw new HandshakeError(`${notAProgram(name)}\n${usage}`);
  const offered = env.PLUGIN_PROTOCOL_VERSIONS ?? "";
  // A Terraform that offers no versions is older than the negotiation of versions; it rejects the handshake line itself.
  if (offered && !offered.split(",").some((version) => Number(version) === PROTOCOL)) {
    throw new HandshakeError(
      `The ${name} provider speaks version ${PROTOCOL} of Terraform's plugin protocol; the program that started it offers ${offered}. Use Terraform 1.5 or later, or OpenTofu 1.8 or later.`,
    );
  }
  const clientCertificate = env.PLUGIN_CLIENT_CERT || undefined;
  // A socket's directory keeps other users out. On a port, which is open to all users, only the certificate does.
  if (transport === "tcp" && clientCertificate === undefined) {
    throw new HandshakeError(
      `The ${name} provider listens on a TCP port only for a Terraform that identifies itself with a certificate; the program that started it offers none. Use Terraform 1.5 or later, or OpenTofu 1.8 or later.`,
    );
  }
  return { clientCertificate };
}

/** The one line that a plugin prints: where it listens, and the certificate that identifies it. */
export function handshakeLine({ network, address }: Endpoint, certificate?: Buffer): string {
  const fields = [CORE_PROTOCOL, PROTOCOL, network, address, "grpc"];
  if (certificate) fields.push(certificate.toString("base64").replace(/=+$/, ""));
  return `${fields.join("|")}\n`;
}

function notAProgram(name: string): string {
  return `This is the ${name} provider, a plugin that Terraform and OpenTofu start themselves. Do not run it by hand.`;
}
