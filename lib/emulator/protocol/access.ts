import { createHash, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { EmulatorError } from "../values/emulator-error";
import { sameText } from "../values/same-text";
import { isLoopback } from "./loopback";
import type { HttpRequest } from "./server";

export interface AccessOptions {
  /** Admits other machines. The live page and the admin API then require the token. */
  readonly allowRemote?: boolean;
  /** The token of the live page and the admin API. Default: a random one with `allowRemote`, otherwise none. */
  readonly adminToken?: string;
  /** More host names that clients may use. Names that an attacker can't register are always allowed. */
  readonly allowHosts?: readonly string[];
}

/** The answer to a request that is not admitted. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly message: string;
}

/**
 * Decides which requests to admit. The default AccessKey is public, so any web page could sign calls with it. The emulator
 * therefore refuses requests from pages of other sites, and host names that DNS rebinding could use. The live page and the
 * admin API need no signature, so they serve only this machine, or clients that have the token.
 */
export class Access {
  /** The token of the live page and the admin API; undefined if they need none. */
  readonly token: string | undefined;
  private readonly allowHosts: ReadonlySet<string>;

  constructor({ allowRemote, adminToken, allowHosts }: AccessOptions) {
    if (adminToken !== undefined && !/^[\w.~+-]{8,}$/.test(adminToken))
      throw new EmulatorError("The admin token can't be used in a URL. Use 8 or more letters, digits or . _ ~ + - characters.");
    this.token = adminToken ?? (allowRemote ? randomBytes(16).toString("hex") : undefined);
    this.allowHosts = new Set((allowHosts ?? []).map((host) => host.toLowerCase()));
  }

  /** Why the emulator refuses an ECS call; undefined if it admits the call. */
  call(request: HttpRequest): Refusal | undefined {
    return this.unknownHost(request) ?? foreignPage(request) ?? unnamedPage(request);
  }

  /** Why the emulator refuses a request for the live page. Any site may link to the page, because only the user sees what it shows. */
  page(request: HttpRequest): Refusal | undefined {
    return this.unknownHost(request) ?? this.stranger(request);
  }

  /** Why the emulator refuses an admin request. */
  admin(request: HttpRequest): Refusal | undefined {
    return this.unknownHost(request) ?? foreignPage(request) ?? this.stranger(request);
  }

  /** A header that stores the token in a cookie, for the page's own requests. Browsers do not send it with requests of other sites. */
  cookie({ secure }: HttpRequest): { readonly [name: string]: string } {
    if (this.token === undefined) return {};
    return { "set-cookie": `${this.cookieName}=${this.token}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}` };
  }

  private unknownHost({ host }: HttpRequest): Refusal | undefined {
    const name = hostName(host);
    // Every browser sends a host, so a client without one is not a browser.
    if (name === "" || isLoopback(name) || this.allowHosts.has(name) || !canBeRebound(name)) return undefined;
    return forbidden(
      `The emulator does not accept the host name "${name}". Use an IP address, or start the emulator with --allow-host ${name}.`,
    );
  }

  private stranger(request: HttpRequest): Refusal | undefined {
    if (this.token !== undefined) return this.withoutToken(request, this.token);
    const name = hostName(request.host);
    if (!request.local) return forbidden("The page and the admin API can be used only on the machine that runs the emulator.");
    if (!isLoopback(name))
      return forbidden(`The page and the admin API can't be used under the host name "${name}". Use 127.0.0.1, ::1 or localhost.`);
    return undefined;
  }

  private withoutToken({ url, headers }: HttpRequest, token: string): Refusal | undefined {
    const given = [
      new URLSearchParams(url.split("?")[1] ?? "").get("token"),
      /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1],
      new RegExp(`(?:^|;\\s*)${this.cookieName}=([^;]*)`).exec(headers.cookie ?? "")?.[1],
    ].filter((text) => text !== null && text !== undefined);
    if (given.some((text) => sameText(text, token))) return undefined;
    const what = given.length === 0 ? "require the token" : "require another token: the one";
    return {
      status: 401,
      message: `The page and the admin API ${what} that the emulator printed when it started. Open http://HOST:PORT/?token=TOKEN in a browser; in a program, send the header "authorization: Bearer TOKEN".`,
    };
  }

  /** The name depends on the token, because browsers share cookies between all ports of a host. */
  private get cookieName(): string {
    return `imagetask-${createHash("sha256").update(this.token!).digest("hex").slice(0, 8)}`;
  }
}

function foreignPage({ host, headers }: HttpRequest): Refusal | undefined {
  const { origin, "sec-fetch-site": site } = headers;
  if (origin !== undefined && !isAt(origin, host))
    return forbidden(`The emulator accepts no requests from web pages of ${origin}, only from its own page.`);
  if (site === "cross-site" || site === "same-site")
    return forbidden("The emulator accepts no requests from web pages of other sites, only from its own page.");
  return undefined;
}

/** Browsers send Sec-Fetch-Site only to HTTPS addresses and loopback names. The origin of a GET to any other host is unknown. */
function unnamedPage({ headers }: HttpRequest): Refusal | undefined {
  const browser = /^Mozilla\//.test(headers["user-agent"] ?? "");
  if (!browser || headers.origin !== undefined || headers["sec-fetch-site"] !== undefined) return undefined;
  return forbidden("The browser did not say which page sent the request. Call the API from a program, or use http://127.0.0.1.");
}

/**
 * DNS rebinding needs a name that the attacker has registered. Nobody can register IP addresses, names without a dot, names
 * reserved for private use, or Alibaba Cloud's own names.
 */
function canBeRebound(name: string): boolean {
  return isIP(name) === 0 && name.includes(".") && !RESERVED.some((ending) => name.endsWith(ending));
}

const RESERVED = [".internal", ".local", ".test", ".aliyuncs.com"];

/** The host without port, brackets and trailing dot. */
function hostName(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

/** Whether the origin is the requested host. Compares only hosts: a TLS proxy changes the protocol, and a URL can omit a default port. */
function isAt(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: from } = new URL(origin);
  const asked = `${protocol}//${host}`;
  return from !== "" && URL.canParse(asked) && new URL(asked).host === from;
}

function forbidden(message: string): Refusal {
  return { status: 403, message };
}
