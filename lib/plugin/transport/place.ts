import type { AddressInfo, ListenOptions } from "node:net";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { createSocketPlace } from "./socket";

/** How Terraform reaches the plugin: a Unix socket, or a TCP port of this machine where there are none. */
export type Transport = "unix" | "tcp";

/** Where the plugin listens. */
export interface Place {
  /** What a server of `node:net` is to listen on. */
  readonly listen: ListenOptions;
  /** The folder that holds the plugin's temporary directories. */
  readonly base: string;
  /** Removes what the place takes up; never throws, may be called again. */
  remove(): void;
}

/** What the handshake tells of a server that listens. */
export interface Endpoint {
  readonly network: Transport;
  /** A path, or `host:port`. */
  readonly address: string;
}

/**
 * A new place for the plugin to listen at.
 *
 * @param name the provider's
 */
export function createPlace(name: string, transport: Transport): Place {
  if (transport === "tcp") return { listen: { host: "127.0.0.1", port: 0 }, base: tmpdir(), remove: () => {} };
  const { path, remove } = createSocketPlace(name);
  return { listen: { path }, base: dirname(dirname(path)), remove };
}

/** @param address what a server of `node:net` says of itself */
export function endpointOf(address: AddressInfo | string): Endpoint {
  if (typeof address === "string") return { network: "unix", address };
  return { network: "tcp", address: `${address.address}:${address.port}` };
}
