import { networkInterfaces } from "node:os";
import { isIPv6 } from "node:net";

/** Where clients on this machine call an emulator that listens on `host`; "every address" is none that can be called. */
export function callableHost(host: string): string {
  return isEveryAddress(host) ? "127.0.0.1" : host;
}

/** Where other machines, and containers, call it. */
export function remoteHosts(host: string): readonly string[] {
  if (!isEveryAddress(host)) return [host];
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);
}

/** `HOST:PORT`, as SDKs take it. */
export function hostAndPort(host: string, port: number): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function isEveryAddress(host: string): boolean {
  return host === "0.0.0.0" || host === "::" || host === "";
}
