import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import { connect, createServer as createTcp, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection, ProxyVariable } from "../../../lib/handler/ecs/connection";
import * as sdk from "../../../lib/handler/ecs/sdk";
import { SdkGateway } from "../../../lib/handler/ecs/sdk-gateway";
import { REGION } from "../../support/handler/builders";

const via = (value: string): ProxyVariable => ({ variable: "HTTPS_PROXY", value });

/** Calls over real sockets to endpoints that are not what the settings say. */
describe("an endpoint", () => {
  let folder: string;
  let tls: { key: Buffer; cert: Buffer };
  const closing: (() => void)[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "imagetask-endpoints-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
        ...["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
      ],
      { stdio: "ignore" },
    );
    tls = { key: readFileSync(key), cert: readFileSync(cert) };
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => closing.splice(0).forEach((close) => close()));

  const listening = async (server: Server & { closeAllConnections?(): void }): Promise<string> => {
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    closing.push(() => {
      server.closeAllConnections?.();
      server.close();
    });
    return `localhost:${(server.address() as AddressInfo).port}`;
  };
  const gateway = (over: Partial<Connection>): SdkGateway =>
    new SdkGateway(
      { protocol: "HTTP", credentials: { type: "static", accessKeyId: "the-id", accessKeySecret: "the-secret" }, ...over },
      async () => sdk,
      () => undefined,
    );
  const ecs = (_: IncomingMessage, response: ServerResponse): void =>
    void response.writeHead(200, { "content-type": "application/json" }).end('{"RequestId":"R","TotalCount":0}');
  const look = (over: Partial<Connection>) => gateway(over).describeTasks(REGION, {});

  test("that speaks HTTP where HTTPS is set fails with the protocol to set", async () => {
    const ecsEndpoint = await listening(createHttp(ecs));
    await expect(look({ protocol: "HTTPS", ecsEndpoint })).rejects.toMatchObject({
      kind: "settings",
      text: expect.stringContaining(
        'does not speak HTTPS; most likely it speaks HTTP. If you mean to use HTTP, as with the emulator, set protocol = "HTTP"',
      ) as string,
    });
  });

  test("that speaks HTTPS where HTTP is set fails with the protocol to set", async () => {
    const ecsEndpoint = await listening(createHttps(tls, ecs));
    await expect(look({ ecsEndpoint })).rejects.toMatchObject({
      kind: "settings",
      text: expect.stringContaining('speaks HTTPS, but protocol is "HTTP". Set protocol = "HTTPS"') as string,
    });
  });

  test("that only hangs up over HTTP may have carried out the call", async () => {
    const ecsEndpoint = await listening(createHttp((request) => void request.socket.destroy()));
    await expect(look({ ecsEndpoint })).rejects.toMatchObject({ kind: "unavailable", code: "ECONNRESET" });
  });

  test("that answers with an empty object is not ECS, unless ECS has answered there before", async () => {
    const empty = (_: IncomingMessage, response: ServerResponse): void =>
      void response.writeHead(200, { "content-type": "application/json" }).end("{}");
    let answer = empty;
    const ecsEndpoint = await listening(createHttp((request, response) => answer(request, response)));
    const one = gateway({ ecsEndpoint });
    await expect(one.describeTasks(REGION, {})).rejects.toMatchObject({
      kind: "settings",
      text: expect.stringContaining(`the server at ${ecsEndpoint} is not ECS`) as string,
    });
    await expect(one.cancelTask(REGION, "t-1")).rejects.toMatchObject({ kind: "unavailable" });
    answer = ecs;
    await one.describeTasks(REGION, {});
    answer = empty;
    await expect(one.describeTasks(REGION, {})).rejects.toMatchObject({ kind: "unavailable" });
  });

  test("of a server that does not speak HTTP is a wrong setting", async () => {
    const ssh = createTcp((socket) => void socket.on("error", () => undefined).end("SSH-2.0-OpenSSH_9.2\r\n"));
    const ecsEndpoint = await listening(ssh);
    await expect(look({ ecsEndpoint })).rejects.toMatchObject({
      kind: "settings",
      text: expect.stringContaining(`the server at ${ecsEndpoint} does not speak HTTP`) as string,
    });
  });

  test("whose certificate comes from an unknown authority fails with advice on NODE_EXTRA_CA_CERTS", async () => {
    const ecsEndpoint = await listening(createHttps(tls, ecs));
    await expect(look({ protocol: "HTTPS", ecsEndpoint })).rejects.toMatchObject({
      kind: "settings",
      text: expect.stringContaining("NODE_EXTRA_CA_CERTS=/path/to/ca.pem") as string,
    });
  });

  test("that is not ECS is a wrong setting at first, and a temporary failure once ECS has answered there", async () => {
    const page = (_: IncomingMessage, response: ServerResponse): void =>
      void response.writeHead(404, { "content-type": "text/html" }).end("<html>no such host</html>");
    let answer = page;
    const ecsEndpoint = await listening(createHttp((request, response) => answer(request, response)));
    const one = gateway({ ecsEndpoint });
    await expect(one.describeTasks(REGION, {})).rejects.toMatchObject({
      kind: "settings",
      code: "NotEcs",
      text: expect.stringContaining(`the server at ${ecsEndpoint} is not ECS: it answered HTTP 404, text/html`) as string,
    });
    answer = ecs;
    await one.describeTasks(REGION, {});
    answer = page;
    await expect(one.describeTasks(REGION, {})).rejects.toMatchObject({ kind: "unavailable" });
  });

  test.each(["the-id\n", "the\u0000id", "idé☃"])(
    "is not called with an AccessKey id that no header can contain: %j",
    async (accessKeyId) => {
      let asked = 0;
      const ecsEndpoint = await listening(createHttp(() => void asked++));
      const credentials = { type: "static", accessKeyId, accessKeySecret: "the-secret" } as const;
      await expect(look({ ecsEndpoint, credentials })).rejects.toMatchObject({
        kind: "settings",
        text: expect.stringContaining("nothing was sent") as string,
      });
      expect(asked).toBe(0);
    },
  );

  test("with {region} in it is another host for each region", async () => {
    const hosts: string[] = [];
    const port = (await listening(createHttp((request, response) => (hosts.push(request.headers.host!), ecs(request, response))))).split(
      ":",
    )[1];
    const one = gateway({ ecsEndpoint: `ecs.{region}.test:${port}`, proxies: { http: via(`http://127.0.0.1:${port}`) } });
    await one.describeTasks("cn-hangzhou", {});
    await one.describeTasks("cn-beijing", {});
    expect(hosts).toEqual([`ecs.cn-hangzhou.test:${port}`, `ecs.cn-beijing.test:${port}`]);
  });

  describe("behind a proxy", () => {
    /** A proxy that tunnels everything to one address, or refuses with a status. */
    const proxy = async (to: string, asked: string[], status = 200): Promise<string> => {
      const server = createHttp((request, response) => {
        asked.push(`${request.method} ${request.url!.split("?")[0]} ${request.headers["proxy-authorization"] ?? ""}`);
        if (status === 200) ecs(request, response);
        else response.writeHead(status, { "content-type": "text/html" }).end("<html>");
      });
      server.on("connect", (request: IncomingMessage, socket: Socket) => {
        asked.push(`CONNECT ${request.url} ${request.headers["proxy-authorization"] ?? ""}`);
        if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\ncontent-type: text/html\r\ncontent-length: 0\r\n\r\n`);
        const [, port] = to.split(":");
        const upstream = connect(Number(port), "127.0.0.1", () => {
          socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
          upstream.pipe(socket).pipe(upstream);
        });
        for (const end of [socket, upstream]) end.on("error", () => (socket.destroy(), upstream.destroy()));
      });
      return listening(server);
    };

    test("is reached over HTTPS through a tunnel, and no error contains the proxy's password", async () => {
      const asked: string[] = [];
      const to = await listening(createHttps(tls, ecs));
      const at = await proxy(to, asked);
      const ecsEndpoint = `localhost:${to.split(":")[1]}`;
      const call = look({ protocol: "HTTPS", ecsEndpoint, proxies: { https: via(`http://user:pa%20ssword@${at}`) } });
      // The client refuses the self-signed certificate, which it can only have seen through the tunnel.
      await expect(call).rejects.toMatchObject({ kind: "settings", code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
      expect(asked).toEqual([`CONNECT ${ecsEndpoint} Basic ${Buffer.from("user:pa ssword").toString("base64")}`]);
    });

    test("is reached over HTTP by its absolute URL", async () => {
      const asked: string[] = [];
      const at = await proxy("", asked);
      await expect(look({ ecsEndpoint: "ecs.test", proxies: { http: via(`http://${at}`) } })).resolves.toEqual({ items: [], total: 0 });
      expect(asked).toEqual(["POST http://ecs.test/ "]);
    });

    test("of an unsupported kind is a wrong setting, and the error names its variable without the password", async () => {
      const socks = { protocol: "HTTPS", ecsEndpoint: "ecs.test", proxies: { https: via("socks5://user:pa55word@proxy:1080") } } as const;
      const error = (await look(socks).catch((thrown: unknown) => thrown)) as Error;
      expect(error).toMatchObject({ kind: "settings", code: "InvalidProxy" });
      expect(error.message).toContain('HTTPS_PROXY is "socks5://***@proxy:1080" in the environment, so ECS cannot be reached');
      expect(error.message).not.toContain("pa55word");
    });

    test("that asks for a password, refuses or is down is an error with the variables to check", async () => {
      const asked: string[] = [];
      const over = async (status: number) =>
        ({ protocol: "HTTPS", ecsEndpoint: "ecs.test", proxies: { https: via(await proxy("", asked, status)) } }) as const;
      await expect(look(await over(407))).rejects.toMatchObject({
        kind: "settings",
        text: expect.stringMatching(/user name and a password.*HTTPS_PROXY/) as string,
      });
      await expect(look(await over(403))).rejects.toMatchObject({
        kind: "settings",
        text: expect.stringMatching(/through the proxy localhost:\d+\).*NO_PROXY/) as string,
      });
      await expect(look(await over(503))).rejects.toMatchObject({ kind: "unavailable" });
      const away = { protocol: "HTTPS", ecsEndpoint: "ecs.test", proxies: { https: via("http://127.0.0.1:1") } } as const;
      await expect(look(away)).rejects.toMatchObject({
        kind: "unreachable",
        code: "ProxyUnreachable",
        text: expect.stringMatching(/ecs\.test cannot be reached through the proxy 127\.0\.0\.1:1: .*Check HTTPS_PROXY/) as string,
      });
    });
  });
});
