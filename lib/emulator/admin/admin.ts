import { EmulatorError } from "../errors";
import type { Reply } from "../format/reply";
import { type HttpRequest, isLoopback } from "../http/server";
import { AdminError } from "./check";
import { type AdminTarget, type Route, adminRoutes } from "./routes";

export const ADMIN_PATH = "/_admin";

/**
 * The emulator's own API under `/_admin`: JSON in, JSON out. Whoever reaches it may do everything, so it answers this
 * machine alone, and no web page: a page can neither send JSON to another origin unasked nor name this host as its own.
 */
export class AdminApi {
  private readonly routes: readonly Route[];

  constructor(target: AdminTarget) {
    this.routes = adminRoutes(target);
  }

  handle(request: HttpRequest): Reply {
    try {
      refuseStrangers(request);
      return json(200, this.dispatch(request));
    } catch (error) {
      if (error instanceof AdminError) return json(error.status, { error: error.message });
      if (error instanceof EmulatorError || error instanceof RangeError) return json(400, { error: error.message });
      return json(500, { error: `The emulator failed: ${error instanceof Error ? error.stack : String(error)}` });
    }
  }

  private dispatch(request: HttpRequest): unknown {
    const url = new URL(request.url, "http://localhost");
    const path = url.pathname.slice(ADMIN_PATH.length).replace(/\/$/, "");
    if (path === "" && request.method === "GET")
      return { routes: this.routes.map(({ method, path: shown, what }) => `${method} ${ADMIN_PATH}${shown}: ${what}`) };
    const here = this.routes.filter((route) => matchPath(route.path, path) !== undefined);
    const route = here.find((candidate) => candidate.method === request.method);
    if (here.length === 0) throw new AdminError(404, `There is nothing at ${url.pathname}. GET ${ADMIN_PATH} lists what there is.`);
    if (!route)
      throw new AdminError(405, `${url.pathname} takes ${here.map((candidate) => candidate.method).join(", ")}, not ${request.method}.`);
    return route.run({ id: matchPath(route.path, path)!, query: url.searchParams, body: readJson(request) }) ?? {};
  }
}

function refuseStrangers({ local, method, headers }: HttpRequest): void {
  if (!local) throw new AdminError(403, "The admin API answers only the machine that the emulator runs on.");
  const host = (headers.host ?? "").replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  if (!isLoopback(host)) throw new AdminError(403, `The admin API answers to 127.0.0.1, ::1 and localhost, not to the name "${host}".`);
  const { origin, "sec-fetch-site": site } = headers;
  if ((origin !== undefined && origin !== `http://${headers.host}`) || site === "cross-site" || site === "same-site")
    throw new AdminError(403, `The admin API answers the emulator's own page, and no page of ${origin ?? "another site"}.`);
  const plain = method === "GET" || method === "DELETE";
  if (!plain && !/^application\/json\b/.test(headers["content-type"] ?? ""))
    throw new AdminError(415, "Send the body as JSON, with content-type: application/json.");
}

/** What stands in the place of `:id`, or an empty text; undefined when the path is another. */
function matchPath(pattern: string, path: string): string | undefined {
  if (!pattern.endsWith("/:id")) return pattern === path ? "" : undefined;
  const start = pattern.slice(0, -3);
  const rest = path.startsWith(start) ? path.slice(start.length) : "";
  return rest !== "" && !rest.includes("/") ? rest : undefined;
}

function readJson({ body }: HttpRequest): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw new AdminError(400, `The body isn't JSON: ${(cause as Error).message}.`);
  }
}

/** Regular expressions become texts as the API takes them. */
function json(status: number, body: unknown): Reply {
  const text = JSON.stringify(body, (_name, value: unknown) =>
    value instanceof RegExp ? String(value) : value instanceof Map ? Object.fromEntries(value) : value,
  );
  return { kind: "answer", status, headers: { "content-type": "application/json;charset=utf-8" }, body: text };
}
