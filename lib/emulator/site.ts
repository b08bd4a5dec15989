import { ADMIN_PATH, type AdminApi } from "./admin/admin";
import { ApiError } from "./protocol/api-error";
import type { Reply } from "./protocol/reply";
import type { Dispatcher } from "./dispatcher";
import type { Access } from "./protocol/access";
import { parseRequest } from "./protocol/request";
import { type HttpRequest, text } from "./protocol/server";
import { livePage } from "./page/live-page";

export const READY_PATH = "/_ready";

export interface SiteServices {
  readonly access: Access;
  readonly admin: AdminApi;
  readonly dispatcher: Dispatcher;
  /** Why calls currently fail; undefined if they do not. */
  readonly problem: () => string | undefined;
  /** Replaces the live page. */
  readonly page?: () => string;
}

/** Routes HTTP requests: the ECS API and the live page at `/`, the admin API, and a path for health checks. */
export class Site {
  constructor(private readonly services: SiteServices) {}

  async answer(request: HttpRequest): Promise<Reply> {
    const path = request.url.split("?")[0];
    if (path === READY_PATH) return this.ready(request);
    if (path === ADMIN_PATH || path.startsWith(`${ADMIN_PATH}/`)) return this.admin(request);
    if (path !== "/") return text(404, "Not found. Calls and the live page are at /, the admin API is at /_admin.\n");
    return isCall(request) ? this.call(request) : this.page(request);
  }

  /** Open to everyone, because the answer reveals only whether the emulator works. */
  private ready({ method }: HttpRequest): Reply {
    if (method !== "GET" && method !== "HEAD") return text(405, `${READY_PATH} takes GET and HEAD.\n`, { allow: "GET, HEAD" });
    const problem = this.services.problem();
    return problem === undefined ? text(200, "ready\n") : text(503, `${problem}\n`);
  }

  private admin(request: HttpRequest): Reply {
    const refused = this.services.access.admin(request);
    if (!refused) return this.services.admin.handle(request);
    const body = JSON.stringify({ error: refused.message });
    return { kind: "answer", status: refused.status, headers: { "content-type": "application/json;charset=utf-8" }, body };
  }

  private async call(request: HttpRequest): Promise<Reply> {
    const refused = this.services.access.call(request);
    const parsed = parseRequest(request.method, request.url, request.headers, request.body);
    return this.services.dispatcher.handle(parsed, refused && new ApiError(refused.status, "Forbidden", refused.message));
  }

  private page(request: HttpRequest): Reply {
    const { access, page } = this.services;
    const refused = access.page(request);
    if (refused) return text(refused.status, `${refused.message}\n`);
    const cookie = access.cookie(request);
    if (page) return { kind: "answer", status: 200, headers: { "content-type": "text/html;charset=utf-8", ...cookie }, body: page() };
    const { headers, html } = livePage();
    return { kind: "answer", status: 200, headers: { ...headers, ...cookie }, body: html };
  }
}

/** Whether the request is an API call. A request for the live page is a GET of `/` with no parameter but the token. */
function isCall({ method, url, headers }: HttpRequest): boolean {
  if (method !== "GET" && method !== "HEAD") return true;
  const names = [...new URLSearchParams(url.split("?")[1] ?? "").keys()];
  return headers["x-acs-action"] !== undefined || names.some((name) => name !== "token");
}
