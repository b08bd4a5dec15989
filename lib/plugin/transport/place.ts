import type { AddressInfo, ListenOptions } from "node:net";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { createSocketPlace } from "./socket";

/** How Terraform reaches the plugin: through a Unix socket or, if the system has none, through a TCP port of this machine. */
export type Transport = "unix" | "tcp";

/** Where the plugin listens. */
export interface Place {
  /** What to pass to `listen` of a `node:net` server. */
  readonly listen: ListenOptions;
  /** The folder that holds the plugin's temporary directories. */
  readonly base: string;
  /** Removes the place's files. Never throws; may be called again. */
  remove(): void;
}

/** Where a server listens, as the handshake reports it. */
export interface Endpoint {
  readonly network: Transport;
  /** A path, or `host:port`. */
  readonly address: string;
}

/**
 * Creates a place for the plugin to listen at.
 *
 * @param name the provider's name
 */
export function createPlace(name: string, transport: Transport): Place {
  if (transport === "tcp") return { listen: { host: "127.0.0.1", port: 0 }, base: tmpdir(), remove: () => {} };
  const { path, remove } = createSocketPlace(name);
  return { listen: { path }, base: dirname(dirname(path)), remove };
}

/** @param address the address of a `node:net` server */
export function endpointOf(address: AddressInfo | string): Endpoint {
  if (typeof address === "string") return { network: "unix", address };
  return { network: "tcp", address: `${address.address}:${address.port}` };
}
