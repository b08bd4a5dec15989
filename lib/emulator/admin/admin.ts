import { EmulatorError, StateFileError } from "../values/emulator-error";
import type { Reply } from "../protocol/reply";
import type { HttpRequest } from "../protocol/server";
import { AdminError } from "./admin-error";
import type { AdminTarget } from "./admin-target";
import type { Route } from "./route";
import { adminRoutes } from "./routes";

export const ADMIN_PATH = "/_admin";

/** The emulator's own API at `/_admin`, with JSON bodies. It checks no permissions; `Access` decides which requests reach it. */
export class AdminApi {
  private readonly routes: readonly Route[];

  constructor(target: AdminTarget) {
    this.routes = adminRoutes(target);
  }

  handle(request: HttpRequest): Reply {
    try {
      return json(200, this.dispatch(request));
    } catch (error) {
      if (error instanceof AdminError) return json(error.status, { error: error.message });
      if (error instanceof StateFileError) return json(500, { error: error.message });
      if (error instanceof EmulatorError || error instanceof RangeError) return json(400, { error: error.message });
      return json(500, { error: `The emulator failed: ${error instanceof Error ? error.stack : String(error)}` });
    }
  }

  private dispatch(request: HttpRequest): unknown {
    const [full = "", search] = request.url.split("?");
    const path = full.slice(ADMIN_PATH.length).replace(/\/$/, "");
    const method = request.method === "HEAD" ? "GET" : request.method;
    if (path === "" && method === "GET")
      return { routes: this.routes.map(({ method, path: shown, what }) => `${method} ${ADMIN_PATH}${shown}: ${what}`) };
    const here = this.routes.filter((route) => matchPath(route.path, path) !== undefined);
    const route = here.find((candidate) => candidate.method === method);
    if (here.length === 0) throw new AdminError(404, `${full} does not exist. GET ${ADMIN_PATH} lists all routes.`);
    if (!route)
      throw new AdminError(405, `${full} does not support ${method}. Allowed: ${here.map((candidate) => candidate.method).join(", ")}.`);
    requireJson(request);
    return route.run({ id: matchPath(route.path, path)!, query: new URLSearchParams(search), body: readJson(request) }) ?? {};
  }
}

/** Guards against forms on pages of other sites: they can send any text, but they can't set this content type. */
function requireJson({ method, headers }: HttpRequest): void {
  if (["POST", "PUT", "PATCH"].includes(method) && !/^application\/json\b/.test(headers["content-type"] ?? ""))
    throw new AdminError(415, "Send the body as JSON, with content-type: application/json.");
}

/** The value of `:id`, or an empty string if the pattern has none; undefined if the path does not match. */
function matchPath(pattern: string, path: string): string | undefined {
  if (!pattern.endsWith("/:id")) return pattern === path ? "" : undefined;
  const start = pattern.slice(0, -3);
  const rest = path.startsWith(start) ? path.slice(start.length) : "";
  if (rest === "" || rest.includes("/")) return undefined;
  try {
    return decodeURIComponent(rest);
  } catch {
    return undefined;
  }
}

function readJson({ body }: HttpRequest): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw new AdminError(400, `The body is not valid JSON: ${(cause as Error).message}.`);
  }
}

/** Writes regular expressions as the strings that the API accepts. */
function json(status: number, body: unknown): Reply {
  const text = JSON.stringify(body, (_name, value: unknown) =>
    value instanceof RegExp ? String(value) : value instanceof Map ? Object.fromEntries(value) : value,
  );
  const headers = { "content-type": "application/json;charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff" };
  return { kind: "answer", status, headers, body: text };
}
