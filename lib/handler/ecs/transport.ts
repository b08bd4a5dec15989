import { Agent as HttpAgent, request as requestHttp, type IncomingMessage, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { Socket } from "node:net";

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

export interface SendOptions {
  /** Opens the connections and reuses them for later requests. */
  readonly agent: HttpAgent;
  /** Milliseconds within which the whole answer has to arrive. */
  readonly deadline: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** The request got no answer. */
export class TransportError extends Error {
  override readonly name = "TransportError";

  /**
   * @param code Node's own, such as ECONNRESET, or one defined in this file
   * @param sent false: no connection was open, so nothing was sent; true: the request may have been carried out
   */
  constructor(
    message: string,
    readonly code: string,
    readonly sent: boolean,
  ) {
    super(message);
  }
}

/** Milliseconds for DNS, connection and TLS together. */
const CONNECT_LIMIT = 10_000;
/** Bytes: a hundred times the longest page of a list. */
const ANSWER_LIMIT = 16 * 1024 * 1024;

/** The agent that opens the connections of one gateway. */
export function createAgent(protocol: "HTTP" | "HTTPS"): HttpAgent {
  return protocol === "HTTPS" ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
}

/**
 * Sends one request and reads its whole answer within one deadline, however slowly it arrives. A failure says whether the request
 * may have been sent, because the caller has to know whether it can have had an effect.
 */
export function send({ method, url, headers, body }: HttpRequest, { agent, deadline }: SendOptions): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = { method, headers, agent };
    const request = unsent(() => (url.protocol === "https:" ? requestHttps : requestHttp)(url, options));
    let sent = false;
    const stops: (() => void)[] = [];
    const end = (finish: () => void): void => {
      for (const stop of stops.splice(0)) stop();
      finish();
    };
    const fail = (message: string, code: string): void => {
      end(() => reject(new TransportError(message, code, sent)));
      request.destroy();
    };
    stops.push(
      after(deadline, () => fail(`no complete answer within ${deadline / 1000} s`, sent ? "AnswerTimeout" : "ConnectTimeout")),
      after(CONNECT_LIMIT, () => sent || fail(`no connection within ${CONNECT_LIMIT / 1000} s`, "ConnectTimeout")),
    );
    request.once("socket", (socket: Socket) => onceOpen(socket, () => (sent = true)));
    // Not `once`: a destroyed request may emit another error.
    request.on("error", (error: NodeJS.ErrnoException) => fail(error.message, error.code ?? ""));
    request.once("response", (response) => {
      sent = true;
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > ANSWER_LIMIT) fail(`the answer is longer than ${ANSWER_LIMIT / 1024 / 1024} MiB`, "AnswerTooLong");
      });
      response.on("error", (error: NodeJS.ErrnoException) => fail(`the answer was cut short: ${error.message}`, error.code ?? ""));
      response.once("end", () =>
        end(() => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() })),
      );
    });
    request.end(body);
  });
}

/** Marks an error that is thrown while a request is being made: nothing of the request was sent. */
export function unsent<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw Object.assign(error as Error, { sent: false });
  }
}

/**
 * Calls back after `ms`; the returned function cancels that. Data that has already arrived is read first: when a suspended
 * machine or process resumes, timers fire before sockets are read.
 */
function after(ms: number, callback: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => (immediate = setImmediate(callback)), ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}

/** Calls back when the request's bytes may be sent: Node holds them until the connection and the TLS handshake are done. */
function onceOpen(socket: Socket & { readonly secureConnecting?: boolean }, callback: () => void): void {
  if (socket.secureConnecting) socket.once("secureConnect", callback);
  else if (socket.connecting) socket.once("connect", callback);
  else callback();
}
