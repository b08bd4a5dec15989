/** One thing that the admin API can do. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/_admin`; a last part `:id` stands for any one. */
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
