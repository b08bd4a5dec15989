/** What Terraform puts into the environment of a plugin that it starts. */
export interface Handshake {
  /** PEM; the only client to be let in. Left out by hosts without AutoMTLS. */
  readonly clientCertificate?: string;
}

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
/** go-plugin's own protocol, and Terraform's provider protocol on top of it. */
const CORE_PROTOCOL = 1;
const PROTOCOL = 6;

/** The process was not started by a plugin host that this plugin can talk to; `message` is for the user. */
export class HandshakeError extends Error {
  override readonly name = "HandshakeError";
}

/** Reads what the host says, or throws a HandshakeError. */
export function readHandshake(name: string, env: NodeJS.ProcessEnv): Handshake {
  if (env.TF_PLUGIN_MAGIC_COOKIE !== COOKIE) throw new HandshakeError(notAProgram(name));
  const offered = env.PLUGIN_PROTOCOL_VERSIONS ?? "";
  // A host that names no versions is older than the negotiation itself; it would not get past the handshake line.
  if (offered && !offered.split(",").some((version) => Number(version) === PROTOCOL)) {
    throw new HandshakeError(
      `The ${name} provider speaks version ${PROTOCOL} of Terraform's plugin protocol; this host offers ${offered}. Terraform 1.5 or later and OpenTofu 1.8 or later offer it.`,
    );
  }
  return { clientCertificate: env.PLUGIN_CLIENT_CERT || undefined };
}

/** The one line that a plugin prints: where it listens, and the certificate that proves it is the one. */
export function handshakeLine(socketPath: string, certificate?: Buffer): string {
  const fields = [CORE_PROTOCOL, PROTOCOL, "unix", socketPath, "grpc"];
  if (certificate) fields.push(certificate.toString("base64").replace(/=+$/, ""));
  return `${fields.join("|")}\n`;
}

function notAProgram(name: string): string {
  return [
    `This is the ${name} provider, a plugin that Terraform and OpenTofu start by themselves; it is of no use on its own.`,
    `To use it, name it in required_providers and run "terraform init", or use the constructs of the package that`,
    `brought it, which put it beside the stack. "imagetask install-provider" lays it where Terraform looks for plugins.`,
  ].join("\n");
}
