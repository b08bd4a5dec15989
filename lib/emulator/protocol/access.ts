import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { EmulatorError } from "../values/emulator-error";
import { isLoopback } from "./loopback";
import type { HttpRequest } from "./server";

export interface AccessOptions {
  /** Lets other machines in, each with the token. */
  readonly allowRemote?: boolean;
  /** What the page and the admin API ask for. Default: a fresh one if `allowRemote` is set, otherwise none. */
  readonly adminToken?: string;
  /** Names that clients may call by, beside those that no stranger can register. */
  readonly allowHosts?: readonly string[];
}

/** Why a request is not let in. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly message: string;
}

/**
 * Who may ask what. The first AccessKey is in the documentation, so a web page could sign calls with it: every request of a
 * foreign page is refused, and so is every name that DNS rebinding could use. Page and admin API ask for no signature, so
 * they answer this machine alone, or whoever has the token.
 */
export class Access {
  /** What the page and the admin API ask for; undefined: nothing. */
  readonly token: string | undefined;
  private readonly allowHosts: ReadonlySet<string>;

  constructor({ allowRemote, adminToken, allowHosts }: AccessOptions) {
    if (adminToken !== undefined && !/^[\w.~+-]{8,}$/.test(adminToken))
      throw new EmulatorError("The admin token needs 8 or more letters, digits or . _ ~ + -, since it stands in an address.");
    this.token = adminToken ?? (allowRemote ? randomBytes(16).toString("hex") : undefined);
    this.allowHosts = new Set((allowHosts ?? []).map((host) => host.toLowerCase()));
  }

  /** Why a call of the ECS API is refused. */
  call(request: HttpRequest): Refusal | undefined {
    return this.unknownHost(request) ?? foreignPage(request) ?? unnamedPage(request);
  }

  /** Why the live page is refused. A link to it may stand on any page: whoever follows it sees it, and the other page doesn't. */
  page(request: HttpRequest): Refusal | undefined {
    return this.unknownHost(request) ?? this.stranger(request);
  }

  /** Why the admin API is refused. */
  admin(request: HttpRequest): Refusal | undefined {
    return this.unknownHost(request) ?? foreignPage(request) ?? this.stranger(request);
  }

  /** Keeps the token that the page was asked with, so that it can ask on; it never goes to another site. */
  cookie({ secure }: HttpRequest): { readonly [name: string]: string } {
    if (this.token === undefined) return {};
    return { "set-cookie": `${this.cookieName}=${this.token}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}` };
  }

  private unknownHost({ host }: HttpRequest): Refusal | undefined {
    const name = hostName(host);
    // Only a client that is no browser leaves it out.
    if (name === "" || isLoopback(name) || this.allowHosts.has(name) || !canBeRebound(name)) return undefined;
    return forbidden(`The emulator doesn't answer to the name "${name}". Call it by an address, or start it with --allow-host ${name}.`);
  }

  private stranger(request: HttpRequest): Refusal | undefined {
    if (this.token !== undefined) return this.withoutToken(request, this.token);
    const name = hostName(request.host);
    if (!request.local) return forbidden("The page and the admin API answer only the machine that the emulator runs on.");
    if (!isLoopback(name))
      return forbidden(`The page and the admin API answer to 127.0.0.1, ::1 and localhost, not to the name "${name}".`);
    return undefined;
  }

  private withoutToken({ url, headers }: HttpRequest, token: string): Refusal | undefined {
    const given = [
      new URLSearchParams(url.split("?")[1] ?? "").get("token"),
      /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1],
      new RegExp(`(?:^|;\\s*)${this.cookieName}=([^;]*)`).exec(headers.cookie ?? "")?.[1],
    ].filter((text) => text !== null && text !== undefined);
    if (given.some((text) => same(text, token))) return undefined;
    const what = given.length === 0 ? "need the token" : "were asked with another token than the one";
    return {
      status: 401,
      message: `The page and the admin API ${what} that the emulator printed when it started. Open http://HOST:PORT/?token=TOKEN in a browser; elsewhere send the header "authorization: Bearer TOKEN".`,
    };
  }

  /** Two emulators on one machine share a browser's cookies, whatever their ports. */
  private get cookieName(): string {
    return `imagetask-${createHash("sha256").update(this.token!).digest("hex").slice(0, 8)}`;
  }
}

function foreignPage({ host, headers }: HttpRequest): Refusal | undefined {
  const { origin, "sec-fetch-site": site } = headers;
  if (origin !== undefined && !isAt(origin, host)) return forbidden(`The emulator answers its own page, and no page of ${origin}.`);
  if (site === "cross-site" || site === "same-site") return forbidden("The emulator answers its own page, and no page of another site.");
  return undefined;
}

/** Browsers tell secure addresses and loopback names where a request comes from; to others they don't. */
function unnamedPage({ headers }: HttpRequest): Refusal | undefined {
  const browser = /^Mozilla\//.test(headers["user-agent"] ?? "");
  if (!browser || headers.origin !== undefined || headers["sec-fetch-site"] !== undefined) return undefined;
  return forbidden("A browser asked, and did not say for which page. Call the API from a program, or by http://127.0.0.1.");
}

/**
 * DNS rebinding takes a name that the attacker has registered. Addresses, names without a dot, the endings that are
 * reserved for private use, and Alibaba Cloud's own are not to be had.
 */
function canBeRebound(name: string): boolean {
  return isIP(name) === 0 && name.includes(".") && !RESERVED.some((ending) => name.endsWith(ending));
}

const RESERVED = [".internal", ".local", ".test", ".aliyuncs.com"];

/** Without port, brackets and a last dot. */
function hostName(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

/** Whether the origin is the host that was asked. A front that speaks TLS changes the protocol, and a default port may be left out. */
function isAt(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: from } = new URL(origin);
  const asked = `${protocol}//${host}`;
  return from !== "" && URL.canParse(asked) && new URL(asked).host === from;
}

function forbidden(message: string): Refusal {
  return { status: 403, message };
}

/** Compares digests, so that neither length nor content shows in the time it takes. */
function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
