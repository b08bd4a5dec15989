import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Connection } from "../../../lib/handler/ecs/connection";
import * as sdk from "../../../lib/handler/ecs/sdk";
import { SdkGateway } from "../../../lib/handler/ecs/sdk-gateway";

/** The secret that the gateways of `ecsServer` sign with. */
export const SECRET = "the-secret-of-the-key";

export interface EcsServer {
  /** The calls that have arrived. */
  readonly asked: { action: string; params: { [name: string]: string } }[];
  readonly logged: string[];
  /** Answers the next calls. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  gateway(over?: Partial<Connection>): SdkGateway;
  json(body: object, status?: number, headers?: { [name: string]: string }): void;
  refuse(code: string, status: number, message?: string, headers?: { [name: string]: string }): void;
}

/** A server that stands in for ECS in all tests of a file. */
export function ecsServer(): EcsServer {
  let server: Server;
  const ecs: EcsServer = {
    asked: [],
    logged: [],
    answer: () => undefined,
    gateway: (over = {}) =>
      new SdkGateway(
        {
          protocol: "HTTP",
          ecsEndpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
          credentials: { type: "static", accessKeyId: "the-id", accessKeySecret: SECRET },
          ...over,
        },
        async () => sdk,
        (message, fields) => ecs.logged.push(`${message} ${JSON.stringify(fields)}`),
      ),
    json(body, status = 200, headers = {}) {
      ecs.answer = (_, response) =>
        void response
          .writeHead(status, { "content-type": "application/json;charset=utf-8", connection: "close", ...headers })
          .end(JSON.stringify(body));
    },
    refuse: (code, status, message = "as in the table", headers = {}) =>
      ecs.json({ RequestId: "R-1", Code: code, Message: message }, status, headers),
  };
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url!, "http://ecs");
      ecs.asked.push({ action: String(request.headers["x-acs-action"]), params: Object.fromEntries(url.searchParams) });
      ecs.answer(request, response);
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    ecs.asked.length = 0;
    ecs.logged.length = 0;
  });
  return ecs;
}
