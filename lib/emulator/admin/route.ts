/** A route of the admin API. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path below `/_admin`. A last segment `:id` matches any id. */
  readonly path: string;
  /** The help text that `GET /_admin` shows. */
  readonly what: string;
  readonly run: (call: AdminCall) => unknown;
}

export interface AdminCall {
  /** The value of `:id` in the path, or an empty string. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}
