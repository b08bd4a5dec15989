import { networkInterfaces } from "node:os";
import { isIPv6 } from "node:net";

/** The host under which clients on this machine reach an emulator that listens on `host`. */
export function callableHost(host: string): string {
  return isEveryAddress(host) ? "127.0.0.1" : host;
}

/** The hosts under which other machines and containers reach an emulator that listens on `host`. */
export function remoteHosts(host: string): readonly string[] {
  if (!isEveryAddress(host)) return [host];
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);
}

/** `HOST:PORT`, the form that SDKs accept. */
export function hostAndPort(host: string, port: number): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function isEveryAddress(host: string): boolean {
  return host === "0.0.0.0" || host === "::" || host === "";
}
