import type { Agent } from "node:http";
import { BlockList, isIP } from "node:net";
import type { Proxies, ProxyVariable } from "./connection";
import { INVALID_PROXY } from "./failures";
import { createAgent } from "./transport";

/** The agent that opens the connections to this URL, directly or through the proxy that the environment names for it. */
export async function agentFor(url: URL, proxies: Proxies): Promise<Agent> {
  const proxy = proxyFor(url, proxies);
  if (proxy === null) return createAgent(url.protocol === "https:" ? "HTTPS" : "HTTP");
  const Through =
    url.protocol === "https:" ? (await import("https-proxy-agent")).HttpsProxyAgent : (await import("http-proxy-agent")).HttpProxyAgent;
  // Its type declarations are for another version of Node.js.
  return new Through(proxy, { keepAlive: true }) as unknown as Agent;
}

/** The proxy for this URL, or null. Follows the rules of Go's standard library, and so of the alicloud provider. */
export function proxyFor({ protocol, hostname, port }: URL, { http, https, except }: Proxies): URL | null {
  const proxy = protocol === "https:" ? https : http;
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (!proxy || host === METADATA) return null;
  const at = { host, port: port || (protocol === "https:" ? "443" : "80") };
  if ((except ?? "").split(/[\s,]+/).some((rule) => rule !== "" && exempts(rule.toLowerCase(), at))) return null;
  const url = urlOf(proxy);
  // A proxy on another machine cannot reach this machine's loopback address.
  return isLoopback(host) && !isLoopback(url.hostname.replace(/^\[|\]$/g, "")) ? null : url;
}

/** Checked only when it is used: many environments set a SOCKS proxy beside one that works, or exempt the hosts that are called here. */
function urlOf({ variable, value }: ProxyVariable): URL {
  const text = value.includes("://") ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  const shown = JSON.stringify(text.replace(/\/\/.*@/, "//***@"));
  throw Object.assign(new Error(`${variable} is ${shown}`), { code: INVALID_PROXY, sent: false });
}

/** The metadata service of ECS instances. It returns the credentials of the machine that calls it, so it must not be called through a proxy. */
const METADATA = "100.100.100.200";

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host);

/** A rule is `*`, a network, or a host with its subdomains; `.domain` and `*.domain` mean subdomains only. Each may have a port. */
function exempts(rule: string, { host, port }: { host: string; port: string }): boolean {
  if (rule === "*") return true;
  const [, network, bits] = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(rule) ?? [];
  if (network) return isIP(host) !== 0 && isIP(host) === isIP(network) && within(host, network, Number(bits));
  const [, name, onPort] = /^(\[[^\]]*\]|[^:]*|[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*)(?::(\d+))?$/.exec(rule) ?? [];
  if (!name || (onPort && onPort !== port)) return false;
  const plain = name.replace(/^\[|\]$/g, "").replace(/^\*/, "");
  return plain.startsWith(".") ? host.endsWith(plain) : host === plain || (isIP(host) === 0 && host.endsWith(`.${plain}`));
}

function within(host: string, network: string, bits: number): boolean {
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  if (bits > (family === "ipv6" ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(host, family);
}
